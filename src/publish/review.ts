import { createHash } from 'node:crypto'
import type { Event } from '../inputs/event.js'
import type { Inputs } from '../inputs/inputs.js'
import { messageOf, plural } from '../lib/wording.js'
import { escapeMarkdown, fenceAround } from '../report/markdown.js'
import type { Report } from '../report/report.js'
import type { Suggestion } from '../rules/suggestions.js'
import { type Api, ask, askGraphql } from './client.js'
import { apiOf } from './destination.js'
import { placeInRepository } from './tree.js'
import { inTries, type Patience } from './tries.js'

const REVIEWS = `query ($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      id
      headRefOid
      reviews(last: 100) {
        nodes { id body viewerDidAuthor comments(first: 100) { nodes { id } } }
      }
    }
  }
}`

interface Reviews {
  repository: {
    pullRequest: {
      id: string
      headRefOid: string
      reviews: {
        nodes: { id: string; body: string; viewerDidAuthor: boolean; comments: { nodes: { id: string }[] } }[]
      }
    }
  }
}

const ADD_REVIEW = `mutation ($input: AddPullRequestReviewInput!) {
  addPullRequestReview(input: $input) { pullRequestReview { id } }
}`

const UPDATE_REVIEW = `mutation ($input: UpdatePullRequestReviewInput!) {
  updatePullRequestReview(input: $input) { pullRequestReview { id } }
}`

const DELETE_COMMENT = `mutation ($input: DeletePullRequestReviewCommentInput!) {
  deletePullRequestReviewComment(input: $input) { pullRequestReview { id } }
}`

/** More than a person goes through; the comment has all findings. */
const MAX_SUGGESTIONS = 20

/** GitHub shows at most 3000 files of a pull request. */
const FILES_A_PAGE = 100
const MAX_PAGES = 30

/**
 * Puts what has one right answer on the pull request as suggestions that a click commits, in one review: where they
 * change, those of the earlier one are removed.
 * GitHub takes them only for lines that the pull request shows. A review that can't be written does not fail the run.
 * @returns notes for the report
 */
export async function review(
  inputs: Inputs,
  report: Report,
  { root, event, wait, log }: Patience & { root: string; event: Event },
): Promise<string[]> {
  const number = event.pullRequest?.number
  if (number === undefined || report.suggestions === undefined) return []
  if (inputs.dryRun) return [`Dry run: would review pull request #${number}.`]
  try {
    const api = { ...apiOf(event, event.repositoryUrl), token: inputs.publish.token }
    const place = await placeInRepository(root)
    const all = report.suggestions.map((each) => ({ ...each, file: place + each.file }))
    const asked = { api, repository: event.repository, number, path: inputs.path, all }
    return await inTries({ ...(wait && { wait }), log }, () => write(asked))
  } catch (error) {
    return [`No suggestion was written: ${messageOf(error)}`]
  }
}

/** What to suggest, and where. */
interface Wanted {
  api: Api
  /** `owner/name` */
  repository: string
  number: number
  /** The input, which tells the reviews of several checkouts apart. */
  path: string
  /** Files are named from the top of the repository. */
  all: readonly Suggestion[]
}

async function write({ api, repository, number, path, all }: Wanted): Promise<string[]> {
  const purpose = { what: `reviewing pull request #${number}`, needs: 'pull-requests: write' }
  const [owner = '', name = ''] = repository.split('/')
  const shown = all.length === 0 ? new Map() : await shownLines(api, { owner, repo: name, number })
  const possible = all.filter((each) => isShown(each, shown))
  const chosen = possible.slice(0, MAX_SUGGESTIONS)
  const threads = chosen.map(threadOf)
  const begin = `<!-- tailchat-plugins suggestions ${encodeURIComponent(path).replaceAll('-', '%2D')} `
  const mark = `${begin}${createHash('sha256').update(JSON.stringify(threads)).digest('hex').slice(0, 16)} -->`
  const variables = { owner, name, number }
  const { repository: found } = await askGraphql<Reviews>(api, purpose, { query: REVIEWS, variables })
  const { id: pullRequestId, headRefOid: commitOID, reviews } = found.pullRequest
  // Everyone can write the mark, so reviews of other authors are left alone.
  const own = reviews.nodes.filter((each) => each.viewerDidAuthor && each.body.startsWith(begin))
  const left = all.length - chosen.length
  const notes =
    left === 0
      ? []
      : [
          `${left === 1 ? 'A fix' : `${left} fixes`} could not be suggested on the pull request: its changes do not show the lines, or there are more than ${MAX_SUGGESTIONS}.`,
        ]
  if (own.some(({ body }) => body.startsWith(mark))) return notes
  for (const { id, comments } of own) {
    if (comments.nodes.length === 0) continue
    for (const comment of comments.nodes)
      await askGraphql(api, purpose, { query: DELETE_COMMENT, variables: { input: { id: comment.id } } })
    const body = `${begin}old -->\nThese suggestions no longer fit, and were removed.`
    await askGraphql(api, purpose, {
      query: UPDATE_REVIEW,
      variables: { input: { pullRequestReviewId: id, body } },
    })
  }
  if (threads.length === 0) return notes
  const body = `${mark}\n${plural(threads.length, 'finding')} of Tailchat plugins can be mended by committing a suggestion.`
  const input = { pullRequestId, commitOID, event: 'COMMENT', body, threads }
  await askGraphql(api, purpose, { query: ADD_REVIEW, variables: { input } })
  return notes
}

/** The lines of each file that the changes of a pull request show: number → text. */
type ShownLines = ReadonlyMap<string, ReadonlyMap<number, string>>

async function shownLines(
  api: Api,
  { owner, repo, number }: { owner: string; repo: string; number: number },
): Promise<ShownLines> {
  const purpose = { what: `reading the changes of pull request #${number}`, needs: 'pull-requests: read' }
  const lines = new Map<string, Map<number, string>>()
  for (let page = 1; page <= MAX_PAGES; page++) {
    const files = await ask(api, purpose, ({ rest }) =>
      rest.pulls.listFiles({ owner, repo, pull_number: number, per_page: FILES_A_PAGE, page }),
    )
    for (const { filename, patch } of files) if (patch !== undefined) lines.set(filename, linesAfter(patch))
    if (files.length < FILES_A_PAGE) break
  }
  return lines
}

/** Returns the lines of the changed file that a patch shows: number → text. */
export function linesAfter(patch: string): Map<number, string> {
  const lines = new Map<number, string>()
  let next = 0
  for (const line of patch.split('\n')) {
    const start = /^@@ -\d+(?:,\d+)? \+(\d+)/.exec(line)?.[1]
    if (start !== undefined) next = Number(start)
    else if (line.startsWith('+') || line.startsWith(' ')) lines.set(next++, line.slice(1))
  }
  return lines
}

/** Whether every line is there, as it was read here: a merge commit that was checked out may have them elsewhere. */
function isShown({ file, line, before }: Suggestion, shown: ShownLines): boolean {
  const lines = shown.get(file)
  return before.every((text, index) => lines?.get(line + index) === text)
}

function threadOf({ file, line, before, after, rule, message }: Suggestion): Record<string, unknown> {
  const last = line + before.length - 1
  const fence = fenceAround(after)
  const text = escapeMarkdown(rule === undefined ? message : `${message} (${rule})`)
  return {
    path: file,
    line: last,
    side: 'RIGHT',
    ...(last !== line && { startLine: line, startSide: 'RIGHT' }),
    body: [text, '', `${fence}suggestion`, ...after, fence].join('\n'),
  }
}
