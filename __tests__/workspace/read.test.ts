import { describe, expect, test } from '@jest/globals'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { positionInJson } from '../../src/formats/json.js'
import { readWorkspace } from '../../src/workspace/read.js'
import type { ServiceFile } from '../../src/source/service.js'
import type { Plugin, Workspace } from '../../src/workspace/types.js'
import {
  backendPlugin,
  type Files,
  frontendPlugin,
  fullstackPlugin,
  registrations,
  service,
  withRepository,
} from '../support/repository.js'

const NAME = 'com.acme.theme'

describe('plugins', () => {
  test('are found from the layout, in three kinds', async () => {
    const { plugins } = await read({
      ...frontendPlugin('com.acme.c'),
      ...fullstackPlugin('com.acme.b'),
      ...backendPlugin('com.acme.a'),
    })
    expect(plugins.map(({ name, kind, directory }) => ({ name, kind, directory }))).toEqual([
      { name: 'com.acme.a', kind: 'backend', directory: 'server/plugins/com.acme.a' },
      { name: 'com.acme.b', kind: 'fullstack', directory: 'server/plugins/com.acme.b' },
      { name: 'com.acme.c', kind: 'frontend', directory: 'client/web/plugins/com.acme.c' },
    ])
  })

  test('are full-stack also where the web part has another name', async () => {
    const { plugins } = await read({ 'server/plugins/com.acme.a/web/plugins/com.acme.b/index.ts': '' })
    expect(plugins[0]?.kind).toBe('fullstack')
    expect(plugins[0]?.web).toEqual({ directory: 'server/plugins/com.acme.a/web/plugins/com.acme.a' })
  })

  test('are not files, directories that begin with a dot, or node_modules', async () => {
    const { plugins, unreadable } = await read({
      'client/web/plugins/README.md': '',
      'client/web/plugins/.turbo/manifest.json': '{}',
      'client/web/plugins/node_modules/a/manifest.json': '{}',
      'server/plugins/package.json': '{}',
      'server/plugins/.git/HEAD': '',
      'server/plugins/node_modules/a/package.json': '{}',
    })
    expect(plugins).toEqual([])
    expect(unreadable).toEqual([])
  })

  test('have the files that count, sorted', async () => {
    const { plugins } = await read({
      [`server/plugins/${NAME}/services/b.service.ts`]: service('b'),
      [`server/plugins/${NAME}/services/a.service.ts`]: service('a'),
      [`server/plugins/${NAME}/services/.cache/c.service.ts`]: service('c'),
      [`server/plugins/${NAME}/services/.d.service.ts`]: service('d'),
      [`server/plugins/${NAME}/node_modules/e/e.service.ts`]: service('e'),
      [`server/plugins/${NAME}/.ministarrc.js`]: '',
    })
    expect(plugins[0]?.files).toEqual([
      '.ministarrc.js',
      'services/.d.service.ts',
      'services/a.service.ts',
      'services/b.service.ts',
    ])
    expect(plugins[0]?.services.map(({ serviceName }) => serviceName?.value)).toEqual(['a', 'b'])
  })

  test('may be absent: neither folder needs to exist', async () => {
    expect(await read({})).toMatchObject({
      plugins: [],
      registry: undefined,
      builtin: undefined,
      rootPackage: undefined,
      installLists: [],
      unreadable: [],
    })
  })
})

describe('what cannot be used', () => {
  test('a root that is not there or is a file is an error', async () => {
    await withRepository({ 'a.txt': '' }, async (root) => {
      await expect(readWorkspace(join(root, 'b'))).rejects.toThrow('is not a directory that can be read')
      await expect(readWorkspace(join(root, 'a.txt'))).rejects.toThrow('is not a directory')
    })
  })

  test('a file where the folder of plugins should be is listed, and the rest is read', async () => {
    const { plugins, unreadable } = await read({
      'client/web/plugins': 'a file',
      ...backendPlugin('com.acme.audit'),
    })
    expect(unreadable).toEqual([{ path: 'client/web/plugins', reason: 'cannot be read (ENOTDIR)' }])
    expect(plugins.map(({ name }) => name)).toEqual(['com.acme.audit'])
  })

  test('a directory where a file should be is listed', async () => {
    const { unreadable } = await read({
      ...fullstackPlugin(NAME, { [`web/plugins/${NAME}/manifest.json`]: undefined }),
      [`server/plugins/${NAME}/web/plugins/${NAME}/manifest.json/a.txt`]: '',
      'client/web/src/plugin/builtin.ts/a.txt': '',
    })
    expect(unreadable).toEqual([
      {
        path: `server/plugins/${NAME}/web/plugins/${NAME}/manifest.json`,
        plugin: NAME,
        reason: 'is not a file',
      },
      { path: 'client/web/src/plugin/builtin.ts', reason: 'is not a file' },
    ])
  })

  test('a file that is not UTF-8 is listed, and read as far as it goes', async () => {
    const { plugins, unreadable } = await read(
      frontendPlugin(NAME, { 'manifest.json': Uint8Array.of(0x22, 0xc3, 0x28, 0x22) }),
    )
    expect(unreadable).toEqual([
      {
        path: `client/web/plugins/${NAME}/manifest.json`,
        plugin: NAME,
        reason: 'is not valid UTF-8: line 1 has the byte 0xC3, as in a file saved as GBK or Latin-1',
        position: { file: `client/web/plugins/${NAME}/manifest.json`, line: 1, column: 2 },
      },
    ])
    expect(plugins[0]?.web?.manifest).toMatchObject({ isInOtherEncoding: true, value: '\uFFFD(' })
  })

  test('a file too large to be written by hand is listed, not read', async () => {
    const size = 4 * 1024 * 1024
    const { registry, rootPackage, unreadable } = await read({
      'client/web/registry.json': new Uint8Array(size + 1).fill(0x20),
      'package.json': '{}'.padEnd(size),
    })
    expect(registry).toBeUndefined()
    expect(rootPackage?.value).toEqual({})
    expect(unreadable).toEqual([
      {
        path: 'client/web/registry.json',
        reason: `has ${size + 1} bytes: more than the ${size} that are read`,
      },
    ])
  })
})

describe('symbolic links', () => {
  test('out of the repository are not followed', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'tailchat-outside-'))
    try {
      writeFileSync(join(outside, 'secret.json'), '{"name":"secret"}')
      const found = await read(frontendPlugin(NAME, { 'manifest.json': undefined }), (root) => {
        symlinkSync(outside, join(root, 'client/web/plugins/com.acme.link'))
        symlinkSync(outside, join(root, `client/web/plugins/${NAME}/assets`))
        symlinkSync(join(outside, 'secret.json'), join(root, `client/web/plugins/${NAME}/manifest.json`))
        symlinkSync(join(outside, 'secret.json'), join(root, 'client/web/registry.json'))
      })
      expect(found.plugins.map(({ name }) => name)).toEqual([NAME])
      expect(found.plugins[0]?.web?.manifest).toBeUndefined()
      expect(found.registry).toBeUndefined()
      const reason = 'is a symbolic link out of the repository'
      expect(found.unreadable).toEqual([
        { path: 'client/web/plugins/com.acme.link', reason },
        { path: `client/web/plugins/${NAME}/assets`, plugin: NAME, reason },
        { path: `client/web/plugins/${NAME}/manifest.json`, plugin: NAME, reason },
        { path: 'client/web/registry.json', reason },
      ])
    } finally {
      rmSync(outside, { recursive: true, force: true })
    }
  })

  test('in place of the directories above plugins show nothing of what is there', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'tailchat-outside-'))
    try {
      mkdirSync(join(outside, 'com.acme.secret'))
      const found = await read({ 'package.json': '{}' }, (root) => {
        mkdirSync(join(root, 'server'))
        symlinkSync(outside, join(root, 'server/plugins'))
        symlinkSync(outside, join(root, 'docker'))
      })
      expect(found.plugins).toEqual([])
      expect(found.unreadable).toEqual([
        { path: 'server/plugins', reason: 'is a symbolic link out of the repository' },
      ])
    } finally {
      rmSync(outside, { recursive: true, force: true })
    }
  })

  test('to nothing are listed', async () => {
    const { unreadable } = await read(frontendPlugin(NAME), (root) => {
      symlinkSync('gone.svg', join(root, `client/web/plugins/${NAME}/icon.svg`))
      symlinkSync('self', join(root, `client/web/plugins/${NAME}/self`))
    })
    expect(unreadable.map(({ reason }) => reason)).toEqual([
      'is a broken symbolic link (ENOENT)',
      'is a broken symbolic link (ELOOP)',
    ])
  })

  test('make a plugin of a directory elsewhere in the repository', async () => {
    const moved = backendPlugin('com.acme.audit')
    const { plugins, unreadable } = await read(
      Object.fromEntries(
        Object.entries(moved).map(([path, text]) => [
          path.replace('server/plugins/com.acme.audit', 'packages/audit'),
          text,
        ]),
      ),
      (root) => {
        mkdirSync(join(root, 'server/plugins'), { recursive: true })
        symlinkSync('../../packages/audit', join(root, 'server/plugins/com.acme.audit'))
      },
    )
    expect(unreadable).toEqual([])
    expect(plugins).toMatchObject([
      {
        name: 'com.acme.audit',
        kind: 'backend',
        services: [{ path: 'server/plugins/com.acme.audit/services/main.service.ts' }],
      },
    ])
  })

  test('that lead in a circle are followed once at most, so no service appears twice', async () => {
    const found = await read(
      { ...backendPlugin('com.acme.audit'), 'shared/deep/note.txt': '', 'packages/log/log.service.ts': '' },
      (root) => {
        const plugin = join(root, 'server/plugins/com.acme.audit')
        symlinkSync('.', join(plugin, 'self'))
        symlinkSync('..', join(plugin, 'services/up'))
        symlinkSync('../../../shared', join(plugin, 'shared'))
        // Back into the plugin, by the way of another directory.
        symlinkSync('../server/plugins/com.acme.audit', join(root, 'shared/back'))
        symlinkSync('../../packages/log', join(root, 'server/plugins/com.acme.log'))
        symlinkSync('.', join(root, 'packages/log/again'))
      },
    )
    expect(found.plugins.map(({ name, files }) => ({ name, files }))).toEqual([
      {
        name: 'com.acme.audit',
        files: ['package.json', 'services/main.service.ts', 'shared/deep/note.txt'],
      },
      { name: 'com.acme.log', files: ['log.service.ts'] },
    ])
    expect(found.unreadable).toEqual([])
  })

  test('named node_modules may lead anywhere', async () => {
    const { unreadable } = await read(frontendPlugin(NAME), (root) => {
      symlinkSync(tmpdir(), join(root, `client/web/plugins/${NAME}/node_modules`))
      symlinkSync('/nowhere/at/all', join(root, 'client/web/plugins/node_modules'))
    })
    expect(unreadable).toEqual([])
  })
})

describe('JSON files', () => {
  test('keep the place of every value', async () => {
    const file = await manifestOf('{\r\n  "name": "a",\r\n\t"url": [ { "x": true } ]\r\n}\r\n')
    const at = (...path: (string | number)[]): string => {
      const { line, column } = positionInJson(file, path)
      return `${line}:${column}`
    }
    expect(at()).toBe('1:1')
    expect(at('name')).toBe('2:11')
    expect(at('url')).toBe('3:9')
    expect(at('url', 0, 'x')).toBe('3:18')
    // What is missing stands at the nearest value around it.
    expect(at('url', 0, 'y')).toBe('3:11')
    expect(at('url', 'y', 'z')).toBe('3:9')
    expect(at('version')).toBe('1:1')
  })

  test('may begin with a byte order mark, which stays in the text', async () => {
    const file = await manifestOf('\uFEFF{\n  "name": "a"\n}')
    expect(file.problem).toBeUndefined()
    expect(file.value).toEqual({ name: 'a' })
    expect(file.text.charCodeAt(0)).toBe(0xfeff)
    expect(positionInJson(file, ['name'])).toMatchObject({ line: 2, column: 11 })
  })

  test.each([
    ['null', null],
    ['[1]', [1]],
    ['"a"', 'a'],
  ])('may hold %s: the rules judge it', async (text, value) => {
    expect((await manifestOf(text)).value).toEqual(value)
  })

  test('may have a key __proto__, which is a key like any other', async () => {
    const { value } = await manifestOf('{ "__proto__": { "name": "a" } }')
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
    expect(Object.keys(value as object)).toEqual(['__proto__'])
  })

  test.each([
    ['', '1:1'],
    ['{\n  "name": "a",\n}', '3:1'],
    ['{\n  "name": "a"\n  "url": "b"\n}', '3:3'],
    ["{ 'name': 1 }", '1:3'],
    ['{} x', '1:4'],
    ['[1, 2', '1:6'],
  ])('that are not JSON say where: %j', async (text, place) => {
    const { problem, value } = await manifestOf(text)
    expect(`${problem?.position.line}:${problem?.position.column}`).toBe(place)
    expect(problem?.message).toMatch(/^[a-z]/)
    expect(value).toBeUndefined()
  })

  test('that are nested without measure do not end the run', async () => {
    const deep = '['.repeat(100_000)
    const found = await read({ 'client/web/registry.json': deep, 'package.json': `{"scripts":${deep}` })
    expect(found.registry?.problem?.message).toBe('not valid JSON')
    expect(found.installLists).toEqual([])
    expect(positionInJson(await manifestOf(deep + ']'.repeat(100_000)), [0])).toMatchObject({ line: 1 })
  })
})

describe('registration files', () => {
  test('are read with their entries', async () => {
    const { registry, builtin, installLists } = await read(
      registrations({
        registry: [NAME, 7 as unknown as object, { name: 8 }],
        builtin: [NAME, "isDemo && { 'name': `com.acme.demo` }", '...others', 'other'],
        install: ['com.acme.tickets', "'com.acme.polls'", '>log', '; echo com.acme.never'],
      }),
    )
    expect(registry?.entries).toEqual([
      { index: 0, name: NAME, url: `/plugins/${NAME}/index.js` },
      { index: 1, name: undefined, url: undefined },
      { index: 2, name: undefined, url: undefined },
    ])
    const list = builtin?.list
    expect(list?.understood && list.entries.map(({ name, conditional }) => [name, conditional])).toEqual([
      [NAME, false],
      ['com.acme.demo', true],
      [undefined, false],
      [undefined, false],
    ])
    expect(installLists.map(({ names }) => names.map(({ name }) => name))).toEqual([
      ['com.acme.tickets', 'com.acme.polls'],
    ])
  })

  test.each([
    ['an array', '[{ name: "a" }]'],
    ['a call', '_compact<Manifest>([{ name: "a" }])'],
    ['a cast of one', '<Manifest[]>([{ name: "a" }] as const)'],
    ['a method of one', '[{ name: "a" }].filter(Boolean)'],
    ['a method of a library', '_.compact([{ name: "a" }])'],
  ])('builtin.ts may hold %s', async (_shape, value) => {
    const { builtin } = await read({
      'client/web/src/plugin/builtin.ts': `const builtinPlugins = ${value}\nexport { builtinPlugins }`,
    })
    const list = builtin?.list
    expect(list?.understood && list.entries.map(({ name }) => name)).toEqual(['a'])
    expect(list?.understood && builtin?.text.slice(list.open, list.close + 1)).toBe('[{ name: "a" }]')
  })
})

describe('service files', () => {
  const PATH = 'server/plugins/com.acme.a/services/main.service.ts'
  const GETTER = "get serviceName() { return 'plugin:a' }"

  test('tell the name of the service and where it stands', async () => {
    const [found] = await servicesOf({ [PATH]: service('plugin:a') })
    expect(found).toMatchObject({
      path: PATH,
      nameIs: 'literal',
      hasDefaultExport: true,
      serviceName: { value: 'plugin:a', position: { file: PATH, line: 4, column: 12 } },
    })
  })

  test.each([
    ['an inline class', `export default class extends TcService { ${GETTER} }`],
    ['export { X as default }', `class X extends TcService { ${GETTER} }\nexport { X as default }`],
    ['a quoted default', `class X extends TcService { ${GETTER} }\nexport { X as 'default' }`],
    ['export =', `class X extends TcService { ${GETTER} }\nexport = X`],
    ['module.exports =', `class X extends TcService { ${GETTER} }\nmodule.exports = X`],
    ["module['exports'] =", `module['exports'] = class extends TcService { ${GETTER} }`],
    ['a cast', `class X extends TcService { ${GETTER} }\nexport default X as unknown as Schema`],
    ['a schema', "export default ({ 'name': 'plugin:a', actions: {} }) satisfies Schema"],
    ['a schema in a variable', "const schema: Schema = { name: 'plugin:a' }\nexport default schema"],
    ['a class in a variable', `const X = class extends TcService { ${GETTER} }\nexport default X`],
    ['a class that is exported twice', `export class X extends TcService { ${GETTER} }\nexport default X`],
    ['a class that extends one of its own', `export default class extends Base { ${GETTER} }`],
    ['a template', 'export default class extends TcService { get serviceName() { return `plugin:a` } }'],
    [
      'a type and a computed key',
      "export default class extends TcService { get ['serviceName'](): string { return 'plugin:a' as const } }",
    ],
    [
      'decorators and private fields',
      `@sealed()\nclass X extends TcService { @inject() private readonly a!: A; #b = 1; ${GETTER} }\nexport default X`,
    ],
  ])('are understood with %s', async (_shape, text) => {
    const [found] = await servicesOf({ [PATH]: text })
    expect(found).toMatchObject({ nameIs: 'literal', hasDefaultExport: true })
    expect(found?.serviceName?.value).toBe('plugin:a')
  })

  test.each([
    [
      'a template with a part to compute',
      'export default class extends TcService { get serviceName() { return `plugin:${a}` } }',
    ],
    [
      'a getter that does more than return',
      "export default class extends TcService { get serviceName() { log(); return 'plugin:a' } }",
    ],
    ['a class that may inherit it', 'class X extends BaseService {}\nexport default X'],
    ['a call, next to another class', `class X extends TcService { ${GETTER} }\nexport default create(X)`],
    ['an imported class', "import X from '../lib/x'\nexport default X"],
    ['the default of another file', "export { default } from '../lib/x'"],
    ['a schema that is made of others', 'export default { ...base }'],
    ['a schema with a name to compute', 'export default { name: NAME }'],
  ])('have a name that only running them can tell, with %s', async (_shape, text) => {
    const [found] = await servicesOf({ [PATH]: text })
    expect(found).toMatchObject({ nameIs: 'unknown', hasDefaultExport: true, serviceName: undefined })
  })

  test.each([
    ['a class', 'export default class extends TcService { onInit() {} }'],
    ['a static getter', `export default class extends TcService { static ${GETTER} }`],
    ['a schema', 'export default { actions: {} }'],
  ])('have no name, with %s', async (_shape, text) => {
    const [found] = await servicesOf({ [PATH]: text })
    expect(found).toMatchObject({ nameIs: 'none', hasDefaultExport: true, serviceName: undefined })
  })

  test('without a default export still tell what was meant', async () => {
    const text = `class Mistake extends Error {}\nexport class X extends TcService { ${GETTER} }`
    const [found] = await servicesOf({ [PATH]: text })
    expect(found).toMatchObject({ nameIs: 'literal', hasDefaultExport: false })
    expect(found?.serviceName?.value).toBe('plugin:a')
  })

  test('that do not parse say where', async () => {
    const [found] = await servicesOf({ [PATH]: 'export default class {\r\n  get serviceName( { }\r\n}\r\n' })
    expect(found).toMatchObject({ nameIs: 'unknown', hasDefaultExport: false, serviceName: undefined })
    expect(found?.syntaxProblem?.position).toMatchObject({ file: PATH, line: 3, column: 1 })
    // The parser's own place, which counts differently, is left out.
    expect(found?.syntaxProblem?.message).not.toMatch(/\(\d+:\d+\)/)
  })

  test.each<[string, ServiceFile['loadedIn'] | undefined]>([
    ['main.service.ts', 'production'],
    ['main.service.tsx', 'production'],
    ['main.service.dev.ts', 'development'],
    ['main.Service.ts', 'unloaded'],
    ['mainService.ts', 'unloaded'],
    ['main.services.ts', 'unloaded'],
    ['main_service.ts', 'unloaded'],
    ['main.service.js', 'unloaded'],
    ['main.service.cts', 'unloaded'],
    ['services.ts', 'unloaded'],
    ['main.service.d.ts', undefined],
    ['main.service.ts.bak', undefined],
    ['main.service.json', undefined],
    ['main.ts', 'unloaded'],
  ])('named %s are loaded in: %s', async (name, loadedIn) => {
    const [found] = await servicesOf({ [`server/plugins/com.acme.a/services/${name}`]: service('plugin:a') })
    expect(found?.loadedIn).toBe(loadedIn)
  })

  test('are not helpers that only mention service names', async () => {
    expect(
      await servicesOf({
        'server/plugins/com.acme.a/lib/callService.ts': 'export const call = (serviceName: string) => 1',
      }),
    ).toEqual([])
  })

  test('are not looked for in the web part', async () => {
    expect(
      await servicesOf({ 'server/plugins/com.acme.a/web/main.service.ts': service('plugin:a') }),
    ).toEqual([])
  })
})

/** Reads a repository of these files; `prepare` adds what a map of texts cannot say, such as links. */
async function read(files: Files, prepare?: (root: string) => void): Promise<Workspace> {
  return withRepository(files, (root) => {
    prepare?.(root)
    return readWorkspace(root)
  })
}

async function servicesOf(files: Files): Promise<Plugin['services']> {
  const { plugins } = await read(files)
  return plugins.flatMap(({ services }) => services)
}

async function manifestOf(text: string) {
  const { plugins } = await read(frontendPlugin(NAME, { 'manifest.json': text }))
  const file = plugins[0]?.web?.manifest
  if (!file) throw new Error('the manifest was not read')
  return file
}
