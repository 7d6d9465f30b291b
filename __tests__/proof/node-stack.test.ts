import { describe, expect, test } from '@jest/globals'
import { nodeStack } from '../../src/proof/node-stack.js'
import type { StackModel } from '../../src/proof/stack.js'

const core = {
  image: 'acme/tailchat:live',
  environment: {
    SERVICEDIR: 'services',
    SERVICES: 'core/gateway',
    TRANSPORTER: 'redis://redis',
    PORT: '3000',
  },
  networks: { internal: null },
}
const node = {
  image: 'ghcr.io/acme/plugins:live',
  environment: { SERVICEDIR: 'plugins/com.acme.audit', TRANSPORTER: 'redis://redis' },
}

function stackOf(services: StackModel['services']) {
  return nodeStack(
    { services },
    {
      wanted: '',
      application: { root: '/repository', images: ['acme/tailchat:live'] },
      names: ['ghcr.io/acme/plugins'],
      plugins: ['com.acme.audit'],
      base: 'acme/tailchat@sha256:1',
    },
  )
}

describe('the stack that a plugin node joins', () => {
  test('is the core of the unchanged image, and the node with the variables of the core', () => {
    const { model, ...chosen } = stackOf({ core, redis: { image: 'redis' } })
    expect(chosen).toEqual({ core: ['core'], nodes: ['tailchat-plugins'], isGiven: false })
    expect(model.services).toEqual({
      core: { ...core, image: 'acme/tailchat@sha256:1' },
      redis: { image: 'redis' },
      'tailchat-plugins': {
        environment: { ...core.environment, SERVICEDIR: 'plugins/com.acme.audit', SERVICES: '' },
        networks: { internal: null },
        restart: 'on-failure',
      },
    })
  })

  test.each([
    ['services,plugins', 'services'],
    ['services, plugins', 'services'],
    ['services,./plugins/com.acme.other', 'services'],
    ['services,pluginsx', 'services,pluginsx'],
    [undefined, 'services'],
  ])('loads of SERVICEDIR %j only %j', (given, left) => {
    const environment = given === undefined ? {} : { SERVICEDIR: given }
    const { model } = stackOf({ core: { ...core, environment } })
    expect(model.services['core']?.['environment']).toEqual({ SERVICEDIR: left })
  })

  test('has no container that loads plugins only, and nothing waits for one', () => {
    const { model } = stackOf({
      core: { ...core, depends_on: { plugins: { condition: 'service_started' }, redis: {} } },
      plugins: { ...core, environment: { SERVICEDIR: 'plugins' } },
      redis: { image: 'redis' },
    })
    expect(Object.keys(model.services)).toEqual(['core', 'redis', 'tailchat-plugins'])
    expect(model.services['core']?.['depends_on']).toEqual({ redis: {} })
  })

  test('keeps a node that it has itself as it is', () => {
    const typo = { ...node, environment: { ...node.environment, SERVICEDIR: 'plugins/com.acme.adit' } }
    const { model, nodes, isGiven } = stackOf({ core, audit: typo })
    expect([nodes, isGiven, model.services['audit']]).toEqual([['audit'], true, typo])
  })

  test('must have a core', () => {
    expect(() => stackOf({ core: { ...core, environment: { SERVICEDIR: 'plugins' } } })).toThrow(
      'no container of the stack runs the core of Tailchat',
    )
  })

  test.each<[string, object, RegExp]>([
    ['a host name', { hostname: 'plugins' }, /audit has a hostname of its own: .*leave hostname out/],
    [
      'the network of the host',
      { network_mode: 'host' },
      /audit has network_mode: host: .*give it a network/,
    ],
    [
      'a node id',
      { environment: { ...node.environment, NODEID: 'tailchat' } },
      /audit gets NODEID=tailchat, .*the second ends the first, the gateway among them; leave NODEID out/,
    ],
    [
      'another namespace',
      { environment: { ...node.environment, NAMESPACE: 'plugins' } },
      /audit has NAMESPACE=plugins and the core none: they would not see each other/,
    ],
    [
      'no message bus',
      { environment: { SERVICEDIR: 'plugins/com.acme.audit', TRANSPORTER: '' } },
      /audit has no TRANSPORTER, and the core has one/,
    ],
  ])('refuses a node with %s', (_title, change, message) => {
    expect(() => stackOf({ core, audit: { ...node, ...change } })).toThrow(message)
  })

  test('refuses a node id that the node gets from the core’s env file', () => {
    expect(() => stackOf({ core: { ...core, environment: { ...core.environment, NODEID: 'x' } } })).toThrow(
      /tailchat-plugins gets NODEID=x/,
    )
  })

  test('takes the namespace that the core has as well', () => {
    const environment = { ...core.environment, NAMESPACE: 'chat' }
    expect(() => stackOf({ core: { ...core, environment } })).not.toThrow()
  })
})
