import { existsSync, readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { repositoryText } from '../lib/files.js'
import { findRepository, git, readOrigin } from '../lib/git.js'

/** The file that `init` writes, from the top of the git repository. */
export const WORKFLOW = '.github/workflows/tailchat-plugins.yml'

/** What a workflow says about the repository that it stands in. */
export interface Home {
  /** Such as `acme`; `OWNER` where the remote does not say. */
  owner: string
  /** The image's name, without a tag. */
  image: string
  /** The host of the container registry. */
  registry: string
  /** The branch that is deployed. */
  branch: string
  /** The directory of the plugins or of Tailchat, from the top of the git repository. */
  path: string
  pluginsOnly: boolean
}

/** What `init` can do about a workflow: write one at `top`, or say why not. */
export type WorkflowPlan =
  | { top: string; file: string; text: string; isGuessed: boolean }
  /** Why there is none, as a clause. */
  | { reason: string }

/** Works out the workflow for a repository, without writing it. An existing one is never replaced. */
export async function planWorkflow(root: string, pluginsOnly: boolean): Promise<WorkflowPlan> {
  const top = findRepository(root)?.top
  if (top === undefined) return { reason: 'this is not a git repository' }
  const present = workflowsIn(top).find(
    (file) => file === WORKFLOW || repositoryText(top, file)?.includes('/tailchat-plugin-deploy@'),
  )
  if (present !== undefined) return { reason: `${present} already exists` }
  const remote = await readOrigin(root)
  const found = remote === undefined ? undefined : homeOn(remote)
  if (remote !== undefined && found === undefined) return { reason: `${remote} is not on GitHub` }
  const home: Home = {
    ...(found ?? { owner: 'OWNER', image: 'ghcr.io/OWNER/tailchat', registry: 'ghcr.io' }),
    branch: await mainBranch(root),
    path: relative(top, root).split(sep).join('/') || '.',
    pluginsOnly,
  }
  return { top, file: WORKFLOW, text: renderWorkflow(home), isGuessed: found !== undefined }
}

function workflowsIn(top: string): string[] {
  const directory = join(top, '.github/workflows')
  return existsSync(directory) ? readdirSync(directory).map((name) => `.github/workflows/${name}`) : []
}

/** Hosts that do not run GitHub's workflows; any other one may be a GitHub Enterprise Server. */
const OTHER_HOSTS = /gitlab|bitbucket|codeberg|gitee|sourceforge|azure/i

/** The owner, and where its images go: ghcr.io, or the container registry of a GitHub Enterprise Server. */
function homeOn(remote: string): Pick<Home, 'owner' | 'image' | 'registry'> | undefined {
  const [, host, owner, name] = /^https:\/\/([\w.-]+)\/([\w.-]+)\/([\w.-]+)$/.exec(remote) ?? []
  if (host === undefined || owner === undefined || name === undefined || OTHER_HOSTS.test(host))
    return undefined
  const registry = host === 'github.com' ? 'ghcr.io' : `containers.${host}`
  return { owner, registry, image: `${registry}/${owner}/${name}`.toLowerCase() }
}

/** The default branch of the remote, else the one that is checked out. */
async function mainBranch(root: string): Promise<string> {
  for (const name of ['refs/remotes/origin/HEAD', 'HEAD']) {
    const branch = await git(root, ['symbolic-ref', '--quiet', name]).catch(() => '')
    const short = branch.replace(/^refs\/(?:remotes\/origin|heads)\//, '')
    if (short !== '') return short
  }
  return 'main'
}

/** A workflow that checks each pull request, and deploys what is pushed to the main branch. */
function renderWorkflow({ owner, image, registry, branch, path, pluginsOnly }: Home): string {
  const uses = `      - uses: ${owner}/tailchat-plugin-deploy@v1`
  const inputs = (...lines: string[]): string => {
    const all = [...(path === '.' ? [] : [`path: ${text(path)}`]), ...lines]
    return all.length === 0 ? '' : `        with:\n${all.map((line) => `          ${line}\n`).join('')}`
  }
  const sync = pluginsOnly
    ? ''
    : `
  # Registrations that are missing come as a pull request. See docs/publishing.md for a token whose
  # pull requests start workflows, and for the setting that lets this one open them.
  sync:
    if: github.event_name == 'push'
    runs-on: ubuntu-latest
    permissions:
      contents: write
      pull-requests: write
    outputs:
      changed: \${{ steps.sync.outputs.changed }}
    steps:
      - uses: actions/checkout@v4
${uses}
        id: sync
${inputs('mode: sync', 'commit: pull-request')}`
  const when = pluginsOnly
    ? "    if: github.event_name == 'push'"
    : "    needs: sync\n    if: needs.sync.outputs.changed == 'false' # else the pull request comes first"
  const base = pluginsOnly
    ? ['base-image: moonrailgun/tailchat # the Tailchat that the plugins are put on']
    : []
  return `# Written by \`tailchat-plugins init\`. Check that \`uses\` names the repository that hosts the action for you.
name: Tailchat plugins

on:
  pull_request:
  push:
    branches: [${text(branch)}]

permissions:
  contents: read

concurrency:
  group: tailchat-plugins-\${{ github.ref }}
  cancel-in-progress: \${{ github.event_name == 'pull_request' }}

jobs:
  check:
    if: github.event_name == 'pull_request'
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 2 # findings are compared with the base
${uses}
${inputs('findings: new')}${sync}
  deploy:
${when}
    runs-on: ubuntu-latest
    permissions:
      contents: read
      packages: write
    steps:
      - uses: actions/checkout@v4
      - uses: docker/setup-buildx-action@v3
${uses}
${inputs(
  'mode: deploy',
  `images: ${image}`,
  ...base,
  `registry: ${registry}`,
  'username: ${{ github.actor }}',
  'password: ${{ secrets.GITHUB_TOKEN }}',
)}`
}

/** A YAML scalar: quoted where it could be read as anything else. */
function text(value: string): string {
  return /^[A-Za-z][\w./-]*$/.test(value) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(value)
    ? value
    : JSON.stringify(value)
}
