import { stringify } from 'yaml'
import { NODE_NAME, serviceDirectories } from './node.js'

/** A plugin node as it is deployed. */
export interface PluginNode {
  /** `name@digest` */
  image: string
  /** Names of the plugins whose services it loads. */
  plugins: readonly string[]
}

/** What a node needs to know of the compose stack that it joins. */
export interface ComposeSurroundings {
  /** The compose service of Tailchat that has the gateway. */
  gateway: string
  /** The networks on which it reaches the message bus, besides the default one. */
  networks: readonly string[]
}

/** Those of Tailchat's own docker-compose.yml. */
export const TAILCHAT_COMPOSE: ComposeSurroundings = { gateway: 'service-core', networks: ['internal'] }

/**
 * Returns a compose fragment to be merged with Tailchat's own compose file. SERVICEDIR stands in it, since that of the env
 * file would win over the image's; it is restarted with the gateway, which forgets the node's open routes when it restarts.
 */
export function composeFragment(
  { image, plugins }: PluginNode,
  { gateway, networks }: ComposeSurroundings,
): string {
  const fragment = stringify({
    services: {
      [NODE_NAME]: {
        image,
        env_file: 'docker-compose.env',
        environment: { SERVICEDIR: serviceDirectories(plugins), SERVICES: '' },
        depends_on: { [gateway]: { condition: 'service_started', restart: true } },
        ...(networks.length > 0 && { networks: [...networks] }),
        restart: 'unless-stopped',
      },
    },
  })
  return `# docker compose -f docker-compose.yml -f THIS_FILE up -d ${NODE_NAME}
# Where your stack has other names than Tailchat's own: its env file, the gateway's service, and its networks.
${fragment}`
}

/**
 * Returns a Kubernetes Deployment of a node. It listens on no port, so it has no probe over HTTP.
 * @param environment the ConfigMap or Secret with the variables of Tailchat's core
 */
export function kubernetesDeployment(
  { image, plugins }: PluginNode,
  environment: { configMapRef: { name: string } } | { secretRef: { name: string } } = {
    configMapRef: { name: 'tailchat-env' },
  },
): string {
  const labels = { 'app.kubernetes.io/name': NODE_NAME }
  const deployment = stringify(
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: NODE_NAME, labels },
      spec: {
        replicas: 1,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            containers: [
              {
                name: NODE_NAME,
                image,
                envFrom: [environment],
                env: [
                  { name: 'SERVICEDIR', value: serviceDirectories(plugins) },
                  // An inherited one would take the place of whole directories.
                  { name: 'SERVICES', value: '' },
                ],
              },
            ],
          },
        },
      },
    },
    { aliasDuplicateObjects: false },
  )
  return `# kubectl apply -n NAMESPACE_OF_TAILCHAT -f THIS_FILE
# envFrom is the ConfigMap or Secret from which Tailchat's own containers have their variables.
${deployment}`
}
