import type { Event } from '../inputs/event.js'
import type { Inputs } from '../inputs/inputs.js'
import { isFailed, type Report } from '../report/report.js'
import { renderComment } from '../report/summary.js'
import { type Api, graphql } from './client.js'
import { apiOf } from './target.js'
import { inTries, type Patience } from './tries.js'
import { messageOf } from '../lib/wording.js'

const COMMENTS = `query ($owner: String!, $name: String!, $number: Int!, $before: String) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      id
      comments(last: 100, before: $before) {
        nodes { id body viewerDidAuthor }
        pageInfo { hasPreviousPage startCursor }
      }
    }
  }
}`

interface CommentsPage {
  repository: {
    pullRequest: {
      id: string
      comments: {
        nodes: { id: string; body: string; viewerDidAuthor: boolean }[]
        pageInfo: { hasPreviousPage: boolean; startCursor: string | null }
      }
    }
  }
}

const ADD_COMMENT = `mutation ($input: AddCommentInput!) {
  addComment(input: $input) { commentEdge { node { id } } }
}`

const UPDATE_COMMENT = `mutation ($input: UpdateIssueCommentInput!) {
  updateIssueComment(input: $input) { issueComment { id } }
}`

/**
 * Writes the report into the one comment that this action has on the pull request. A comment is never worth a failed
 * run.
 * @returns notes for the report: why there is none
 */
export async function comment(
  inputs: Inputs,
  event: Event,
  report: Report,
  patience: Patience,
): Promise<string[]> {
  const number = event.pullRequest?.number
  if (number === undefined) return ['No comment was written: no pull request set this run off.']
  if (inputs.dryRun) return [`Dry run: would comment on pull request #${number}.`]
  const mark = markOf(inputs.path)
  const body = `${mark}\n${renderComment(report, isFailed(report, inputs.failOn))}`
  try {
    const api = { ...apiOf(event, event.repositoryUrl), token: inputs.publish.token }
    await inTries(patience, () => write(api, event.repository, number, mark, body))
    return []
  } catch (error) {
    return [`No comment was written: ${messageOf(error)}`]
  }
}

/** The hidden first line by which the comment is known; a workflow with several checkouts has one for each. */
function markOf(path: string): string {
  // A comment of HTML ends at two hyphens.
  return `<!-- tailchat-plugins ${encodeURIComponent(path).replaceAll('-', '%2D')} -->`
}

async function write(
  api: Api,
  repository: string,
  number: number,
  mark: string,
  body: string,
): Promise<void> {
  const purpose = { what: `commenting on pull request #${number}`, needs: 'pull-requests: write' }
  const [owner, name] = repository.split('/')
  let before: string | null = null
  for (;;) {
    const page: CommentsPage = await graphql(api, COMMENTS, { owner, name, number, before }, purpose)
    const { id: subjectId, comments } = page.repository.pullRequest
    // Anybody can write the mark: a comment of somebody else is not touched.
    const own = comments.nodes.find((each) => each.viewerDidAuthor && each.body.startsWith(mark))
    if (own) {
      if (own.body.replaceAll('\r\n', '\n').trim() !== body.trim())
        await graphql(api, UPDATE_COMMENT, { input: { id: own.id, body } }, purpose)
      return
    }
    if (!comments.pageInfo.hasPreviousPage) {
      await graphql(api, ADD_COMMENT, { input: { subjectId, body } }, purpose)
      return
    }
    before = comments.pageInfo.startCursor
  }
}
