// How Goalpost's Node is started. In a young generation of up to 24 MB what the promises of many posts at once hold dies
// young, which made a burst up to a tenth shorter than 8 MB do; the old one doubles at most before it is tidied, which
// took a burst from 540 MB to 440. No dependencies and no newer syntax here.
module.exports = ['--max-semi-space-size=24', '--heap-growing-percent=100'];
