// How Goalpost's Node is started: a young generation of 8 MB instead of V8's own limit keeps some 20 MB less in memory,
// most of it what the start left there. No dependencies and no newer syntax here.
module.exports = ['--max-semi-space-size=32'];
