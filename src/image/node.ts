import { posix } from 'node:path'

/**
 * On an image of a plugin node, some plugins' services as a container of their own on Tailchat's message bus: `node`. These
 * services are all that it loads, and it serves no files.
 */
export const AS_LABEL = 'tailchat-plugin-deploy.as'

/** The name of the container, and of the Kubernetes Deployment. */
export const NODE_NAME = 'tailchat-plugins'

/**
 * What SERVICEDIR is for a node: the runner splits it at commas, does not trim, and passes over in silence what is no
 * directory below server/dist (patches/moleculer@0.14.23.patch).
 * @throws when a name would mean something else there
 */
export function serviceDirectories(plugins: readonly string[]): string {
  const wrong = plugins.find((name) => !/^[\w.+-]+$/.test(name))
  if (wrong !== undefined)
    throw new Error(
      `${JSON.stringify(wrong)} can't be loaded by a node of its own: its name must hold letters, digits, ., _, + and - only`,
    )
  if (plugins.length === 0) throw new Error('no plugin has a service that a node could load')
  return plugins.map((name) => `plugins/${name}`).join(',')
}

/** Returns where the SDK's runner is in an image (server/packages/sdk/package.json, `bin`). */
export function runnerPath(appDir: string): string {
  return posix.join(appDir, 'server/node_modules/tailchat-server-sdk/dist/runner/cli.js')
}

/**
 * Returns the last lines of a node's Dockerfile: it starts the SDK's runner without pnpm, which takes half of the memory.
 * @param appDir where the application lives in the image
 */
export function nodeInstructions(appDir: string, plugins: readonly string[]): string {
  return `WORKDIR ${JSON.stringify(posix.join(appDir, 'server/dist'))}
ENV SERVICEDIR=${serviceDirectories(plugins)}
CMD ${JSON.stringify(['node', runnerPath(appDir), '--config', 'moleculer.config.js'])}
`
}
