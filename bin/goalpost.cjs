#!/usr/bin/env node
// The command line without npm before it: `bin/goalpost.cjs goals list --json`.
process.argv.splice(2, 0, 'goalpost');
process.env.INIT_CWD = process.cwd();
require('../tools/run.cjs');
