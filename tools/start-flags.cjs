// How Goalpost's Node is started. A young generation of up to 32 MB: what the promises of many posts at once hold then dies
// in it, which made a burst up to a tenth shorter than 8 MB do. No dependencies and no newer syntax here.
module.exports = ['--max-semi-space-size=32'];
