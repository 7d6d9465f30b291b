import { describe, expect, test } from '@jest/globals'
import { Deployment } from 'kubernetes-models/apps/v1/Deployment'
import { parse } from 'yaml'
import { composeFragment, kubernetesDeployment, TAILCHAT_COMPOSE } from '../../src/image/fragments.js'
import { serviceDirectories } from '../../src/image/node.js'
import { nodeDockerfile } from '../../src/image/overlay.js'

const digest = `sha256:${'0'.repeat(64)}`
const node = { image: `ghcr.io/acme/tickets@${digest}`, plugins: ['com.acme.audit', 'com.acme.tickets'] }
const SERVICEDIR = 'plugins/com.acme.audit,plugins/com.acme.tickets'

describe('a plugin node', () => {
  test('loads the directories of its plugins, without a space that the runner would take for a name', () => {
    expect(serviceDirectories(node.plugins)).toBe(SERVICEDIR)
  })

  test.each(['a,b', 'a b', 'a\nb', 'a"b', 'ä', ''])('refuses the name %j', (name) => {
    expect(() => serviceDirectories([name])).toThrow(/can't be loaded by a node of its own/)
  })

  test('refuses to be empty', () => {
    expect(() => serviceDirectories([])).toThrow('no plugin has a service')
  })

  test('is an overlay that starts the SDK’s runner in the compiled server, without pnpm', () => {
    const base = {
      name: 'acme/tailchat',
      reference: `acme/tailchat@${digest}`,
      digest,
      platforms: [],
      labels: {},
    }
    const dockerfile = nodeDockerfile(base, [], { appDir: '/app/tailchat', plugins: node.plugins })
    expect(dockerfile.slice(dockerfile.lastIndexOf('\nFROM ') + 1)).toBe(`FROM acme/tailchat@${digest}
# Empty files hide what the base image has there; the files of the overlay follow.
COPY --link --from=build /tmp/tailchat-overlay/hide/ /
COPY --link --from=build /tmp/tailchat-overlay/layer/ /
WORKDIR "/app/tailchat/server/dist"
ENV SERVICEDIR=${SERVICEDIR}
CMD ["node","/app/tailchat/server/node_modules/tailchat-server-sdk/dist/runner/cli.js","--config","moleculer.config.js"]
`)
  })

  test('has a compose fragment with the core’s variables but for SERVICEDIR, and restarts with the gateway', () => {
    expect(parse(composeFragment(node, TAILCHAT_COMPOSE))).toEqual({
      services: {
        'tailchat-plugins': {
          image: node.image,
          env_file: 'docker-compose.env',
          environment: { SERVICEDIR, SERVICES: '' },
          depends_on: { 'service-core': { condition: 'service_started', restart: true } },
          networks: ['internal'],
          restart: 'unless-stopped',
        },
      },
    })
  })

  test('names no network where the stack has the default one only', () => {
    const fragment = parse(composeFragment(node, { gateway: 'core', networks: [] })) as {
      services: Record<string, object>
    }
    expect(fragment.services['tailchat-plugins']).not.toHaveProperty('networks')
  })

  test('has a Kubernetes Deployment that the schema takes, pinned by digest, without ports and probes', () => {
    const text = kubernetesDeployment(node)
    expect(text).not.toMatch(/[&*]a1/)
    const deployment = parse(text) as ConstructorParameters<typeof Deployment>[0]
    new Deployment(deployment).validate()
    const [container] = deployment?.spec?.template.spec?.containers ?? []
    expect(container).toEqual({
      name: 'tailchat-plugins',
      image: node.image,
      envFrom: [{ configMapRef: { name: 'tailchat-env' } }],
      env: [
        { name: 'SERVICEDIR', value: SERVICEDIR },
        { name: 'SERVICES', value: '' },
      ],
    })
  })

  test('is held against a schema that finds a mistake', () => {
    const deployment = parse(kubernetesDeployment(node).replace('replicas: 1', 'replicas: one')) as object
    expect(() => new Deployment(deployment as never).validate()).toThrow()
  })
})
