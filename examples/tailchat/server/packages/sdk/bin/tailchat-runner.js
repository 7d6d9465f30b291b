#!/usr/bin/env node
require('../dist/runner/cli');
