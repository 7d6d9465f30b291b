import { cpSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { readEvent } from '../../src/inputs/event.js'
import { parseInputs } from '../../src/inputs/inputs.js'
import { desiredState } from '../../src/declarations/desired.js'
import { noDeclarations } from '../../src/declarations/types.js'
import { runPipeline } from '../../src/pipeline.js'
import { readWorkspace } from '../../src/workspace/read.js'
import { createSample, type Sample } from '../support/sample.js'

describe('a repository that holds plugins only', () => {
  let sample: Sample
  beforeEach(() => {
    sample = createSample('plugins-only')
  })
  afterEach(() => sample.remove())

  const check = (mode = 'check') =>
    runPipeline(
      parseInputs((name) => (name === 'mode' ? mode : '')),
      {
        root: sample.directory,
        event: readEvent({}),
        rulesUrl: '',
        log: () => undefined,
      },
    )
  const write = (file: string, text: string): void => writeFileSync(join(sample.directory, file), text)
  const kinds = async (): Promise<Record<string, string>> => {
    const { plugins } = await readWorkspace(sample.directory)
    return Object.fromEntries(plugins.map(({ name, kind }) => [name, kind]))
  }
  const KINDS = {
    'com.example.clock': 'frontend',
    'com.example.guestbook': 'fullstack',
    'com.example.uptime': 'backend',
  }

  test.each(['check', 'sync'])('has no findings and no files to change: %s', async (mode) => {
    const report = await check(mode)
    expect([report.failure, report.findings, report.changes]).toEqual([undefined, [], []])
    expect(report.plugins.map(({ name, offer }) => [name, offer])).toEqual([
      ['com.example.clock', 'registry'],
      ['com.example.guestbook', 'registry'],
      ['com.example.uptime', 'hidden'],
    ])
    expect(report.services.map(({ name }) => name)).toEqual([
      'plugin:com.example.guestbook',
      'plugin:com.example.uptime',
    ])
  })

  test('may have the compose file of a stack, whose core services come from elsewhere', async () => {
    const services = {
      core: { image: 'tailchat', environment: { SERVICEDIR: 'services', SERVICES: 'core/gateway' } },
      plugins: { image: 'tailchat', environment: { SERVICEDIR: 'plugins' } },
    }
    write('compose.yml', `services: ${JSON.stringify(services)}\n`)
    const { findings, compose } = await check()
    expect(findings).toEqual([])
    expect(compose.map(({ service, plugins }) => [service, plugins])).toEqual([
      ['core', []],
      ['plugins', ['com.example.guestbook', 'com.example.uptime']],
    ])
  })

  test('tells the kinds from the content of plugins/NAME, or from Tailchat’s own directories', async () => {
    expect(await kinds()).toEqual(KINDS)
    const at = (path: string): string => join(sample.directory, path)
    mkdirSync(at('client/web/plugins'), { recursive: true })
    renameSync(at('plugins/com.example.clock'), at('client/web/plugins/com.example.clock'))
    mkdirSync(at('server'))
    renameSync(at('plugins'), at('server/plugins'))
    expect(await kinds()).toEqual(KINDS)
  })

  test('is not recognised where Tailchat’s own files are, whatever is in plugins/', async () => {
    const tailchat = createSample()
    try {
      cpSync(join(sample.directory, 'plugins'), join(tailchat.directory, 'plugins'), { recursive: true })
      const workspace = await readWorkspace(tailchat.directory)
      expect(workspace.pluginsOnly).toBe(false)
      expect(workspace.plugins.map(({ name }) => name)).not.toContain('com.example.clock')
    } finally {
      tailchat.remove()
    }
  })

  test('says what is wrong with a plugin as anywhere else', async () => {
    write('plugins/com.example.clock/manifest.json', '{ "name": "com.example.watch" }')
    const rules = (await check()).findings.map(({ rule }) => rule)
    expect(rules).toContain('manifest/name-mismatch')
  })

  test('is warned of a plugin that nothing offers', async () => {
    rmSync(join(sample.directory, 'tailchat-plugins.yml'))
    const { findings } = await check()
    expect(findings.map(({ rule, plugin }) => [rule, plugin])).toEqual([
      ['plugin/not-offered', 'com.example.clock'],
      ['plugin/not-offered', 'com.example.guestbook'],
    ])
    expect(findings[0]?.message).toContain('missing from the declarations')
    const { plugins } = desiredState(await readWorkspace(sample.directory), noDeclarations, 'offer')
    expect(plugins.map(({ offer }) => offer)).toEqual(['registry', 'registry', 'hidden'])
  })

  test('cannot have a plugin built into a web client that it does not build', async () => {
    write('tailchat-plugins.yml', 'version: 1\nplugins:\n  com.example.clock: { offer: builtin }\n')
    const { findings } = await check()
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([
      expect.objectContaining({
        plugin: 'com.example.clock',
        message: expect.stringContaining('the web client, which comes from the base image'),
      }),
    ])
  })
})
