import type { Event } from '../inputs/event.js'
import type { Inputs } from '../inputs/inputs.js'
import type { Report } from '../report/report.js'
import { renderComment } from '../report/summary.js'
import { type Api, askGraphql } from './client.js'
import { apiOf } from './destination.js'
import { isSameText } from './text.js'
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
 * Writes the report into this action's one comment on the pull request. A comment that can't be written does not fail
 * the run.
 * @returns notes for the report that say why there is no comment
 */
export async function comment(
  inputs: Inputs,
  report: Report,
  { event, wait, log }: Patience & { event: Event },
): Promise<string[]> {
  const number = event.pullRequest?.number
  if (number === undefined) return ['No comment was written: this run was not started by a pull request.']
  if (inputs.dryRun) return [`Dry run: would comment on pull request #${number}.`]
  const mark = markOf(inputs.path)
  const body = `${mark}\n${renderComment(report, inputs)}`
  try {
    const api = { ...apiOf(event, event.repositoryUrl), token: inputs.publish.token }
    await inTries({ ...(wait && { wait }), log }, () =>
      write(api, { repository: event.repository, number, mark, body }),
    )
    return []
  } catch (error) {
    return [`No comment was written: ${messageOf(error)}`]
  }
}

/** Returns the hidden first line that identifies the comment; a workflow with several checkouts has one for each. */
function markOf(path: string): string {
  // An HTML comment ends at two hyphens.
  return `<!-- tailchat-plugins ${encodeURIComponent(path).replaceAll('-', '%2D')} -->`
}

/** The comment to write, and where. */
interface Comment {
  /** `owner/name` */
  repository: string
  /** The number of the pull request. */
  number: number
  /** The first line of the text, and of the comment to replace. */
  mark: string
  body: string
}

async function write(api: Api, { repository, number, mark, body }: Comment): Promise<void> {
  const purpose = { what: `commenting on pull request #${number}`, needs: 'pull-requests: write' }
  const [owner, name] = repository.split('/')
  let before: string | null = null
  for (;;) {
    const page: CommentsPage = await askGraphql(api, purpose, {
      query: COMMENTS,
      variables: { owner, name, number, before },
    })
    const { id: subjectId, comments } = page.repository.pullRequest
    // Everyone can write the mark, so comments of other authors are left alone.
    const own = comments.nodes.find((each) => each.viewerDidAuthor && each.body.startsWith(mark))
    if (own) {
      if (!isSameText(own.body, body))
        await askGraphql(api, purpose, {
          query: UPDATE_COMMENT,
          variables: { input: { id: own.id, body } },
        })
      return
    }
    if (!comments.pageInfo.hasPreviousPage) {
      await askGraphql(api, purpose, { query: ADD_COMMENT, variables: { input: { subjectId, body } } })
      return
    }
    before = comments.pageInfo.startCursor
  }
}
