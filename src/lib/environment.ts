/** What a step is handed and no program that it starts needs: its inputs, the runner's own tokens, GitHub's. */
const HANDED = /^(?:INPUT|STATE|ACTIONS|TAILCHAT_PLUGINS)_|^(?:GITHUB|GH)_TOKEN$/i

/** What docker may need: the runner's cache (`type=gha`), and GitHub's token for a build secret or a credential helper. */
const FOR_DOCKER = /^ACTIONS_|^(?:GITHUB|GH)_TOKEN$/i

/**
 * Returns the environment of this process without the step's inputs and tokens: the one that every child gets.
 * @param added what the child gets besides; `undefined` takes a variable out
 */
export function childEnvironment(added: Record<string, string | undefined> = {}): Record<string, string> {
  const kept = Object.entries(process.env).filter(([name]) => !HANDED.test(name))
  return defined({ ...Object.fromEntries(kept), ...added })
}

/** Returns the tokens that docker gets where it builds, pulls and pushes; not where it runs what it built. */
export function dockerTokens(): Record<string, string> {
  return defined(Object.fromEntries(Object.entries(process.env).filter(([name]) => FOR_DOCKER.test(name))))
}

function defined(variables: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}
