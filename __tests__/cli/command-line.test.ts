import { describe, expect, test } from '@jest/globals'
import { inWordsOfTerminal, parseCommandLine, sentenceInFlags } from '../../src/inputs/command-line.js'
import { COMMANDS, renderCommandHelp, renderHelp } from '../../src/inputs/help.js'
import { inputDefinitions, UsageError } from '../../src/inputs/inputs.js'
import { pageOf } from '../../src/report/wrap.js'

describe('the command line', () => {
  test.each([
    [
      ['check'],
      { command: 'check', path: '.', subject: '', plugin: '', flags: {}, format: 'stylish', quiet: false },
    ],
    [
      ['add', 'npm:a', 'b', '--plugin', 'a.b'],
      expect.objectContaining({ subject: 'npm:a', path: 'b', plugin: 'a.b' }),
    ],
    [['remove', 'a.b'], expect.objectContaining({ subject: 'a.b', path: '.' })],
    [['update', 'a.b', './c'], expect.objectContaining({ subject: 'a.b', path: './c' })],
    [['update', '../c'], expect.objectContaining({ subject: '', path: '../c' })],
    [
      ['sync', 'a', '--fix', '--dry-run', 'false', '-q', '--format=json'],
      {
        command: 'sync',
        path: 'a',
        subject: '',
        plugin: '',
        flags: { fix: 'true', 'dry-run': 'false' },
        format: 'json',
        quiet: true,
      },
    ],
    [['check', '--report-file', '-'], expect.objectContaining({ flags: { 'report-file': '-' } })],
    [['--version'], { command: 'version' }],
    [['-v'], { command: 'version' }],
    [['--help'], { command: 'help' }],
    [['help', 'deploy'], { command: 'help', topic: 'deploy' }],
    [['deploy', '-h'], { command: 'help', topic: 'deploy' }],
    [
      ['new', 'com.acme.tickets', 'a', '--kind', 'full-stack'],
      expect.objectContaining({ subject: 'com.acme.tickets', path: 'a', kind: 'fullstack' }),
    ],
    [['explain', 'plugin/misplaced'], { command: 'explain', rule: 'plugin/misplaced' }],
  ])('%j is understood', (args, expected) => {
    expect(parseCommandLine(args)).toEqual(expected)
  })

  test.each([
    [[], 'no command given'],
    [['chekc'], 'unknown command "chekc": did you mean check?'],
    [['frobnicate'], 'unknown command "frobnicate"'],
    [['help', 'deplyo'], 'unknown command "deplyo": did you mean deploy?'],
    [['check', '--fail-no', 'never'], 'unknown flag --fail-no: did you mean --fail-on?'],
    [['check', '--qiet'], 'unknown flag --qiet: did you mean --quiet?'],
    [['check', '--xyzzy=1'], 'unknown flag --xyzzy'],
    [['check', '--path', 'a'], '--path is not a flag: write the path after the command'],
    [['check', '--format', 'xml'], '--format: found "xml"; allowed: stylish, json, github'],
    [['check', 'a', 'b'], 'unexpected argument "b"'],
    [['new'], 'new needs the name of a plugin, such as com.acme.theme'],
    [
      ['new', 'com.acme.theme'],
      '--kind: none given; frontend (runs in the browser), backend (services on the server) or full-stack (both)',
    ],
    [
      ['new', '../theme', '--kind', 'frontend'],
      '"../theme" can\'t be the name of a plugin: it is made of two parts or more, such as com.acme.theme, of letters, digits, - and _',
    ],
    [['check', '--kind', 'frontend'], 'check does not take --kind'],
    [['explain'], 'explain needs the name of a rule, such as plugin/not-offered'],
    [
      ['deploy', '--password=x'],
      '--password would be visible to every user of this machine: set $TAILCHAT_PLUGINS_PASSWORD instead',
    ],
  ])('%j is refused: %s', (args, problem) => {
    expect(() => parseCommandLine(args)).toThrow(new UsageError([problem]))
  })
})

test.each([
  ['images: mode deploy needs a name', '--images: deploy needs a name'],
  ['username and password: set both', '--username and $TAILCHAT_PLUGINS_PASSWORD: set both'],
  ['push: use dry-run to see which', '--push: use --dry-run to see which'],
  [
    'github-token: commit: push and comment: true need a token',
    '$GITHUB_TOKEN: --commit push and --comment true need a token',
  ],
  [
    'fail-on: found "dry-run: \\" mode x"; allowed: error',
    '--fail-on: found "dry-run: \\" mode x"; allowed: error',
  ],
  ['no command given', 'no command given'],
])('a mistake is told in flags: %s', (problem, told) => {
  expect(inWordsOfTerminal(problem)).toBe(told)
})

test.each([
  ["an overlay can't be built: x; use strategy: full", "an overlay can't be built: x; use --strategy full"],
  ['Strategy full: base-image is not set.', 'Strategy full: --base-image is not set.'],
  ['boot-service: the stack has no service', '--boot-service the stack has no service'],
  ['the registry has no x: set images and tags', 'the registry has no x: set --images and --tags'],
  ['none follows from the event: set `tags`', 'none follows from the event: set `--tags`'],
  ['github-token may not do this', '$GITHUB_TOKEN may not do this'],
  ['use `commit: pull-request`, or', 'use `--commit pull-request`, or'],
  ['holds nothing: set path to its root', 'holds nothing: give the path to its root'],
  ['1 plugin; 1 error (fail-on: error)', '1 plugin; 1 error (--fail-on error)'],
  ['records no predecessor: give `to` the digest', 'records no predecessor: give `--to` the digest'],
  ['deploy failed in stage strategy: no plugin has a service', undefined],
  ['deploy failed in stage browser: the page ended', undefined],
  ['name is "fail-on: x"; see com.acme.base-image and x/report-file', undefined],
  ['two images and tags; a path: a/b; as it is; commit abc', undefined],
])('a sentence of a report is told in flags: %s', (sentence, told) => {
  expect(sentenceInFlags(sentence)).toBe(told ?? sentence)
})

describe('help', () => {
  test('names every command', () => {
    for (const command of COMMANDS) expect(renderHelp()).toMatch(new RegExp(`^  ${command} `, 'm'))
  })

  test.each(COMMANDS)('of %s says how it is called, with an example, in 80 columns', (command) => {
    const text = renderCommandHelp(command, {})
    expect(text).toMatch(new RegExp(`^Usage: tailchat-plugins ${command}`))
    expect(text).toMatch(new RegExp(`Examples:\n  tailchat-plugins ${command}`))
    const prose = text.split('\n').filter((line) => !line.includes('tailchat-plugins '))
    expect(Math.max(...prose.map(({ length }) => length))).toBeLessThanOrEqual(80)
  })

  test('of deploy has every input that a terminal can use, and its default', () => {
    const text = ['deploy', 'rollback', 'status', 'update']
      .map((name) => renderCommandHelp(name as 'deploy', {}))
      .join('')
    for (const name of Object.keys(inputDefinitions))
      if (!['mode', 'path', 'summary', 'comment'].includes(name)) expect(text).toContain(`--${name}`)
    expect(text).toMatch(/\(default:\s+error\)/)
  })

  test.each(COMMANDS)('of %s has update-group only where pull requests of updates are opened', (command) => {
    const isShown = renderCommandHelp(command, {}).includes('--update-group')
    expect(isShown).toBe(command === 'update')
  })

  test('names the variable that a secret is read from, not a flag', () => {
    const text = renderCommandHelp('deploy', { password: 'SECRET' })
    expect(text).toContain('$SECRET')
    expect(text).not.toContain('--password')
  })
})

test.each([
  ['a terminal', { isTTY: true, columns: 100 }, {}, { width: 100, colors: true }],
  ['a pipe', {}, {}, { width: Infinity, colors: false }],
  ['a pipe with FORCE_COLOR', {}, { FORCE_COLOR: '1' }, { width: Infinity, colors: true }],
  ['FORCE_COLOR=0', { isTTY: true, columns: 80 }, { FORCE_COLOR: '0' }, { width: 80, colors: false }],
  ['NO_COLOR', { isTTY: true, columns: 80 }, { NO_COLOR: '1' }, { width: 80, colors: false }],
  ['an empty NO_COLOR', { isTTY: true, columns: 80 }, { NO_COLOR: '' }, { width: 80, colors: true }],
  ['a dumb terminal', { isTTY: true, columns: 80 }, { TERM: 'dumb' }, { width: 80, colors: false }],
])('width and colours of %s', (_what, stream, env, page) => {
  expect(pageOf(stream, env)).toEqual(page)
})
