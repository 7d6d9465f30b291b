#!/usr/bin/env node
const { TailchatRunner } = require('../dist/runner');

new TailchatRunner().start(process.argv);
