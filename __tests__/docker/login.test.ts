import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { hasLogin } from '../../src/docker/login.js'
import { temporaryDirectory } from '../support/files.js'

const users = process.env['DOCKER_CONFIG']
const HUB = 'https://index.docker.io/v1/'

let directory: string
beforeEach(() => {
  directory = temporaryDirectory('docker-config')
  process.env['DOCKER_CONFIG'] = directory
})
afterEach(() => {
  if (users === undefined) delete process.env['DOCKER_CONFIG']
  else process.env['DOCKER_CONFIG'] = users
  rmSync(directory, { recursive: true, force: true })
})

describe("whether the user's Docker configuration has a login to a container registry", () => {
  test.each([
    ['it has one to that host', { auths: { 'ghcr.io': {} } }, 'ghcr.io', true],
    ['it has one to another host', { auths: { 'ghcr.io': {} } }, 'registry.acme.example', false],
    ['it has one to Docker Hub, which an image need not name', { auths: { [HUB]: {} } }, '', true],
    ['it has one to Docker Hub, which the image names', { auths: { [HUB]: {} } }, 'docker.io', true],
    ['Docker Hub is not the host of that image', { auths: { [HUB]: {} } }, 'ghcr.io', false],
    ['a helper has it', { credHelpers: { 'ghcr.io': 'secretservice' } }, 'ghcr.io', true],
    ['a credential store may have it', { credsStore: 'desktop' }, 'ghcr.io', true],
    ['it is empty', {}, 'ghcr.io', false],
  ])('%s', (_what, config, registry, expected) => {
    writeFileSync(join(directory, 'config.json'), JSON.stringify(config))
    expect(hasLogin(registry)).toBe(expected)
  })

  test('it has none where there is no such file', () => {
    expect(hasLogin('ghcr.io')).toBe(false)
  })
})
