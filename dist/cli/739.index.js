export const id = 739;
export const ids = [739];
export const modules = {

/***/ 6739:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  findTarget: () => (/* binding */ findTarget),
  publish: () => (/* binding */ publish_publish)
});

// EXTERNAL MODULE: ./.build/src/report/report.js + 1 modules
var report = __webpack_require__(7154);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./.build/src/publish/tree.js + 1 modules
var tree = __webpack_require__(563);
;// CONCATENATED MODULE: ./.build/src/publish/proposal.js



/**
 * Computes what commits have to hold, each head's once. On the commit that is checked out it is what this run changed,
 * if it found nothing else changed; on any other everything is computed anew, on a checkout of that commit.
 */
function proposals(target, { inputs, root, changes, sync }) {
    const known = new Map();
    const compute = async (head) => {
        if (head === target.head && target.clean)
            return { files: await (0,tree/* uncommittedChanges */.DP)(root), changes, local: true };
        const source = { url: target.url, token: target.api.token };
        return (0,tree/* withCheckout */.j9)(source, head, async (directory) => {
            const there = (0,external_node_path_.join)(directory, target.place);
            const recomputed = await sync(there);
            const where = `${head.slice(0, 12)}, where the branch ${target.branch} is`;
            if (recomputed.failure)
                throw new Error(`sync failed on ${where}: ${recomputed.failure.message}`);
            if ((0,report/* hasFailingFindings */.PS)(recomputed.findings, inputs.failOn))
                throw new Error(`on ${where}, there are findings that fail the step: run the check there`);
            return { files: await (0,tree/* uncommittedChanges */.DP)(there), changes: recomputed.changes, local: false };
        });
    };
    return async (head) => {
        const proposal = known.get(head) ?? (await compute(head));
        known.set(head, proposal);
        return proposal;
    };
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./.build/src/publish/client.js
var client = __webpack_require__(9348);
// EXTERNAL MODULE: ./.build/src/formats/json.js
var json = __webpack_require__(6916);
;// CONCATENATED MODULE: ./.build/src/publish/edits.js


/** The changes as the mutation createCommitOnBranch takes them. */
function fileChanges(files) {
    return {
        additions: files.flatMap((file) => file.oid === undefined ? [] : [{ path: file.path, contents: file.contents }]),
        deletions: files.flatMap((file) => (file.oid === undefined ? [{ path: file.path }] : [])),
    };
}
/** What a commit changes, in one value: two commits with the same one leave the same files behind. */
function checksum(files) {
    const lines = files.map(({ path, oid }) => `${oid ?? 'deleted'} ${path}\n`).sort();
    return (0,external_node_crypto_.createHash)('sha256').update(lines.join('')).digest('hex');
}
/** The line of a commit's message by which the commits of this action are known. */
const TRAILER = 'Tailchat-Plugins-Files';
/**
 * The message of a commit of the pull request's branch. Its trailer is the checksum of what the commit changes: a
 * commit that somebody amended or made by hand has another one, or none.
 */
function markedMessage(message, files) {
    return `${message}\n\n${TRAILER}: ${checksum(files)}`;
}
/**
 * What the comparison of two commits (`compare` in the REST API) says about the branch of the pull request.
 * @returns `mine`: the checksum of what its only commit changes, where this action made it; empty where there is no
 *   commit. `undefined`: there is a commit that somebody else made, of whom `other` tells
 */
function ownerOf(comparison) {
    const commits = listAt(comparison, 'commits');
    const last = commits.at(-1);
    if (last === undefined)
        return { mine: '' };
    const message = (0,json/* stringAt */.bX)(last, 'commit', 'message') ?? '';
    const stated = new RegExp(`^${TRAILER}: ([0-9a-f]{64})$`, 'm').exec(message)?.[1];
    if (commits.length === 1 && stated === checksum(comparedFiles(comparison)))
        return { mine: stated };
    const name = (0,json/* stringAt */.bX)(last, 'commit', 'author', 'name') ?? 'somebody';
    return { mine: undefined, other: `${((0,json/* stringAt */.bX)(last, 'sha') ?? '').slice(0, 12)} by ${name}` };
}
function comparedFiles(comparison) {
    return listAt(comparison, 'files').flatMap((file) => {
        const path = (0,json/* stringAt */.bX)(file, 'filename') ?? '';
        const status = (0,json/* stringAt */.bX)(file, 'status');
        const previous = (0,json/* stringAt */.bX)(file, 'previous_filename');
        if (status === 'removed')
            return [{ path, oid: undefined }];
        const change = { path, oid: (0,json/* stringAt */.bX)(file, 'sha') };
        return status === 'renamed' && previous !== undefined
            ? [change, { path: previous, oid: undefined }]
            : [change];
    });
}
function listAt(value, key) {
    const list = (0,json/* ownValue */.eC)(value, key);
    return Array.isArray(list) ? list : [];
}

// EXTERNAL MODULE: ./.build/src/report/markdown.js
var markdown = __webpack_require__(4873);
;// CONCATENATED MODULE: ./.build/src/publish/pull-request-text.js

/** The text of the pull request: what changes, and why. The same changes give the same text. */
function pullRequestBody({ changes }) {
    const rows = changes.map(({ file, summary, why }) => [
        (0,markdown/* code */.aY)(file),
        (0,markdown/* escapeMarkdown */.FV)(summary),
        (0,markdown/* escapeMarkdown */.FV)(why ?? ''),
    ]);
    return [
        'The registration files of the Tailchat plugins do not say what they should. This brings them up to date:',
        '',
        ...(0,markdown/* table */.tp)(['File', 'Change', 'Why'], rows),
        '',
        'Each run makes this branch anew and writes this text anew, and closes the pull request when nothing is left to change. A commit that somebody adds to the branch is never overwritten: the run fails and says so.',
    ].join('\n');
}

;// CONCATENATED MODULE: ./.build/src/publish/repository.js


/** What GitHub's API takes and gives as the commit of a branch that does not exist. */
const NOWHERE = '0'.repeat(40);
/** The repository as the requests of the REST API take it. */
function inRepository({ repository }) {
    const [owner = '', repo = ''] = repository.split('/');
    return { owner, repo };
}
/** Reads the head of a branch; `undefined` when there is no such branch. */
async function headOf(target, branch) {
    const purpose = { what: `reading the branch ${branch}`, needs: 'contents: read' };
    try {
        const reference = await (0,client/* ask */.kA)(target.api, purpose, ({ rest }) => rest.git.getRef({ ...inRepository(target), ref: `heads/${branch}` }));
        return reference.object.sha;
    }
    catch (error) {
        if (error instanceof client/* ApiError */.hD && error.fault.kind === 'not-found')
            return undefined;
        throw error;
    }
}
/** What to do where the checked-out branch does not exist; GitHub says the same of one that the token may not see. */
function noBranch({ repository, branch }) {
    return `GitHub shows no branch ${branch} in ${repository}: push it first, or hand over a github-token that may read there (contents: read)`;
}
/** Reads the first line of a commit's message, and its first parent. */
async function readCommitOf(target, sha) {
    const purpose = { what: `reading the commit ${sha.slice(0, 12)}`, needs: 'contents: read' };
    const { message, parents } = await (0,client/* ask */.kA)(target.api, purpose, ({ rest }) => rest.git.getCommit({ ...inRepository(target), commit_sha: sha }));
    return { headline: message.split('\n')[0] ?? '', parent: parents[0]?.sha };
}
const CREATE_COMMIT = `mutation ($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) {
    commit { oid author { name } }
  }
}`;
/**
 * Puts one commit on a branch. GitHub itself makes it, so it is signed and shown as verified.
 * @throws {ApiError} `stale` when the branch is not at `parent`
 */
async function createCommit({ api, repository }, { branch, parent, message, files }) {
    const input = {
        branch: { repositoryNameWithOwner: repository, branchName: branch },
        expectedHeadOid: parent,
        message: splitMessage(message),
        fileChanges: fileChanges(files),
    };
    const purpose = { what: `committing to the branch ${branch}`, needs: 'contents: write' };
    const { createCommitOnBranch } = await (0,client/* askGraphql */.jQ)(api, purpose, CREATE_COMMIT, { input });
    const { oid, author } = createCommitOnBranch.commit;
    return { sha: oid, author: author?.name ?? '' };
}
/** Splits a commit's message as the API takes it. */
function splitMessage(message) {
    const [headline = '', ...body] = message.split('\n');
    return { headline, body: body.join('\n').trim() };
}
const REPOSITORY_ID = `query ($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) { id }
}`;
const UPDATE_REFS = `mutation ($input: UpdateRefsInput!) {
  updateRefs(input: $input) { clientMutationId }
}`;
/**
 * Moves, creates and deletes branches: all of them or none, and only if each is still at the commit it was at.
 * @throws {ApiError} `stale` when one has moved, `refused` when GitHub refuses for another reason
 */
async function updateBranches(target, updates) {
    const { api, repository } = target;
    const { owner, repo: name } = inRepository(target);
    const reading = { what: `reading the repository ${repository}`, needs: 'contents: read' };
    const found = await (0,client/* askGraphql */.jQ)(api, reading, REPOSITORY_ID, { owner, name });
    const purpose = { what: `moving the branch ${updates[0]?.branch ?? ''}`, needs: 'contents: write' };
    const refUpdates = updates.map(({ branch, before, after }) => ({
        name: `refs/heads/${branch}`,
        beforeOid: before ?? NOWHERE,
        afterOid: after ?? NOWHERE,
        force: true,
    }));
    try {
        await (0,client/* askGraphql */.jQ)(api, purpose, UPDATE_REFS, { input: { repositoryId: found.repository.id, refUpdates } });
    }
    catch (error) {
        // GitHub documents no error for a branch that has moved, so the branches are read again.
        if (error instanceof client/* ApiError */.hD && error.fault.kind === 'refused' && (await anyMoved(target, updates)))
            throw new client/* ApiError */.hD(purpose, { ...error.fault, kind: 'stale' });
        throw error;
    }
}
async function anyMoved(target, updates) {
    for (const { branch, before } of updates)
        if ((await headOf(target, branch)) !== before)
            return true;
    return false;
}
/** Deletes a branch, whatever commit it is at. */
async function deleteBranch(target, branch) {
    const purpose = { what: `deleting the branch ${branch}`, needs: 'contents: write' };
    await (0,client/* ask */.kA)(target.api, purpose, ({ rest }) => rest.git.deleteRef({ ...inRepository(target), ref: `heads/${branch}` }));
}

// EXTERNAL MODULE: ./.build/src/publish/text.js
var publish_text = __webpack_require__(4516);
// EXTERNAL MODULE: ./.build/src/publish/tries.js
var tries = __webpack_require__(6902);
;// CONCATENATED MODULE: ./.build/src/publish/pull-request.js







/**
 * Keeps one pull request that holds what has to change on the checked-out branch: opens it, updates it, or closes it
 * when nothing is left to change. Its branch is always one commit on the head of the checked-out branch.
 * @throws when somebody else has commits on the pull request's branch, with what to do
 */
async function publishPullRequest(target, { publish: { branch, message } }, propose, patience) {
    if (branch === target.branch)
        return { notes: [`No pull request was opened: its own branch ${branch} is checked out.`] };
    return (0,tries/* inTries */.X)(patience, async () => {
        const base = await headOf(target, target.branch);
        if (base === undefined)
            throw new Error(noBranch(target));
        const proposal = await propose(base);
        const { files } = proposal;
        const state = await readBranch(target, base, branch);
        const open = await openPullRequest(target, branch);
        if (files.length === 0)
            return pull_request_close(target, state, open);
        if (state.mine === undefined)
            throw new Error(foreignCommits(branch, state.other));
        const { head, current, mine } = state;
        const upToDate = current && head !== undefined && mine === checksum(files);
        const made = { branch, parent: base, message: markedMessage(message, files), files };
        const commit = upToDate ? { sha: head, author: '' } : await rebuild(target, head, made);
        const title = splitMessage(message).headline;
        const url = await openOrUpdate(target, { branch, title, body: pullRequestBody(proposal) }, open);
        return { url, commit, notes: [] };
    });
}
function foreignCommits(branch, other) {
    return `the branch ${branch} has a commit of somebody else (${other}) and was left as it is: merge or close its pull request and delete the branch, or set the input branch to another name`;
}
async function readBranch(target, base, branch) {
    const head = await headOf(target, branch);
    if (head === undefined || head === base)
        return { branch, head, mine: '', current: true };
    const purpose = { what: 'comparing the branch of the pull request', needs: 'contents: read' };
    const comparison = await (0,client/* ask */.kA)(target.api, purpose, ({ rest }) => rest.repos.compareCommitsWithBasehead({ ...inRepository(target), basehead: `${base}...${head}` }));
    return { branch, head, ...ownerOf(comparison), current: comparison.behind_by === 0 };
}
/**
 * Replaces the branch by one commit. The commit is made on a temporary branch, which then takes the branch's place in
 * one step: GitHub closes a pull request whose branch holds nothing, even for a moment.
 * @param before the commit that the branch is at
 */
async function rebuild(target, before, { branch, parent, ...content }) {
    const temporary = `${branch}-${(0,external_node_crypto_.randomUUID)().slice(0, 8)}`;
    try {
        await updateBranches(target, [{ branch: temporary, before: undefined, after: parent }]);
        const commit = await createCommit(target, { branch: temporary, parent, ...content });
        await updateBranches(target, [
            { branch, before, after: commit.sha },
            { branch: temporary, before: commit.sha, after: undefined },
        ]);
        return commit;
    }
    catch (error) {
        // The first failure is the one that counts, also where the temporary branch can't be deleted.
        await deleteBranch(target, temporary).catch(() => undefined);
        throw error;
    }
}
/** Finds the open pull request from this branch into the checked-out one. */
async function openPullRequest(target, branch) {
    const { owner, repo } = inRepository(target);
    const purpose = { what: 'looking for the pull request', needs: 'pull-requests: read' };
    const list = await (0,client/* ask */.kA)(target.api, purpose, ({ rest }) => rest.pulls.list({ owner, repo, state: 'open', head: `${owner}:${branch}`, base: target.branch }));
    return list[0];
}
/**
 * Opens the pull request, or updates its text. An open one keeps its title, which maintainers may have changed.
 * @returns its address
 */
async function openOrUpdate(target, { branch, title, body }, open) {
    const needs = 'pull-requests: write';
    if (open) {
        const purpose = { what: `updating pull request #${open.number}`, needs };
        if (!(0,publish_text/* isSameText */.c)(open.body ?? '', body))
            await (0,client/* ask */.kA)(target.api, purpose, ({ rest }) => rest.pulls.update({ ...inRepository(target), pull_number: open.number, body }));
        return open.html_url;
    }
    const purpose = { what: `opening a pull request from ${branch}`, needs };
    try {
        const created = await (0,client/* ask */.kA)(target.api, purpose, ({ rest }) => rest.pulls.create({ ...inRepository(target), title, body, head: branch, base: target.branch }));
        return created.html_url;
    }
    catch (error) {
        // Another run opened it in the meantime: the next try finds it.
        if (error instanceof client/* ApiError */.hD && /already exists/i.test(error.fault.message))
            throw new client/* ApiError */.hD(purpose, { ...error.fault, kind: 'stale' });
        throw error;
    }
}
/** Closes the pull request, and deletes its branch unless somebody else has commits on it. */
async function pull_request_close(target, state, open) {
    const { branch, head } = state;
    if (state.mine === undefined)
        return { notes: [`Nothing is left to change, and ${foreignCommits(branch, state.other)}.`] };
    if (open) {
        const purpose = { what: `closing pull request #${open.number}`, needs: 'pull-requests: write' };
        await (0,client/* ask */.kA)(target.api, purpose, ({ rest }) => rest.pulls.update({ ...inRepository(target), pull_number: open.number, state: 'closed' }));
    }
    // A branch without a commit of this action may belong to anybody.
    if (state.mine !== '')
        await updateBranches(target, [{ branch, before: head, after: undefined }]);
    const closed = open ? [`Pull request #${open.number} was closed: nothing is left to change.`] : [];
    return { notes: closed };
}

;// CONCATENATED MODULE: ./.build/src/publish/push.js


/**
 * Puts one commit on the checked-out branch. When the branch moves in the meantime, the commit is computed again on the
 * new head.
 * @returns `undefined` when the head needs no change
 */
async function push(target, message, propose, patience) {
    const { branch } = target;
    let attempt;
    return (0,tries/* inTries */.X)(patience, async () => {
        const head = await headOf(target, branch);
        if (head === undefined)
            throw new Error(noBranch(target));
        const { files, local } = await propose(head);
        if (files.length === 0) {
            if (attempt === undefined || attempt.head === head)
                return undefined;
            // The last try may have made the commit although its answer was lost.
            const found = await readCommitOf(target, head);
            const isOwn = found.parent === attempt.head && found.headline === splitMessage(message).headline;
            return isOwn ? { commit: { sha: head, author: '' }, ...attempt } : undefined;
        }
        attempt = { head, local };
        const commit = await createCommit(target, { branch, parent: head, message, files });
        return { commit, head, local };
    });
}

;// CONCATENATED MODULE: ./.build/src/publish/publish.js




/**
 * Takes the edits of this run to GitHub as `commit` says.
 * @throws when what was asked for can't be done
 */
async function publish(target, edited, patience) {
    const { inputs, findings, changes } = edited;
    const { commit, message } = inputs.publish;
    if ((0,report/* hasFailingFindings */.PS)(findings, inputs.failOn))
        return noted(`Nothing was published (commit: ${commit}): mend the findings first.`);
    if (inputs.dryRun)
        return noted(describePublishing(target, inputs, changes));
    const propose = proposals(target, edited);
    if (commit === 'pull-request') {
        const { url, commit: made, notes } = await publishPullRequest(target, inputs, propose, patience);
        const { notes: ofCommit = [], ...published } = made ? describe(made) : {};
        return {
            part: {
                ...published,
                ...(url !== undefined && { pullRequestUrl: url }),
                notes: [...notes, ...ofCommit],
            },
        };
    }
    if (changes.length === 0)
        return { part: {} };
    const pushed = await push(target, message, propose, patience);
    if (!pushed)
        return noted(`Nothing was committed: the branch ${target.branch} has these changes already.`);
    const { notes = [], ...part } = describe(pushed.commit);
    if (pushed.local)
        return { part: { ...part, notes }, revision: pushed.commit.sha };
    const where = `The commit was computed on ${pushed.head.slice(0, 12)}, where the branch ${target.branch} is, and not on what is checked out (${target.head.slice(0, 12)}${target.clean ? '' : ', with changes that are in no commit'}).`;
    return { part: { ...part, notes: [where, ...notes] } };
}
function noted(note) {
    return { part: { notes: [note] } };
}
/** The name under which the token of the workflow itself commits. */
const WORKFLOW_AUTHOR = 'github-actions[bot]';
function describe({ sha, author }) {
    if (author !== WORKFLOW_AUTHOR)
        return { commitSha: sha };
    const note = 'The commit was made with the workflow’s own token, and such a commit starts no workflows. If they should run on it, hand github-token the token of a GitHub App, or a personal access token.';
    return { commitSha: sha, notes: [note] };
}
/** What would be published, for a dry run. */
function describePublishing({ branch: into }, { publish: { commit, branch } }, changes) {
    const files = [...new Set(changes.map(({ file }) => file))].join(', ');
    if (files === '')
        return `Dry run: there is nothing to commit to ${into}.`;
    return commit === 'push'
        ? `Dry run: would commit ${files} to the branch ${into}.`
        : `Dry run: would open or update the pull request from ${branch} into ${into}, with ${files}.`;
}

// EXTERNAL MODULE: ./.build/src/publish/target.js
var target = __webpack_require__(1082);
;// CONCATENATED MODULE: ./.build/src/stages/publish.js



/** Finds out where the edits go, before there are any. */
function findTarget({ inputs, surroundings }) {
    return (0,target/* findTarget */.FB)(inputs, surroundings.root, surroundings.event);
}
/**
 * Takes the edits of this run to GitHub as `commit` says.
 * @returns the commit that holds just the checked-out one and the working tree's changes, where one was made
 * @throws when what was asked for can't be done
 */
async function publish_publish({ inputs, surroundings, record }, { target, examined, sync }) {
    const { root } = examined.workspace;
    const changes = (0,report/* sortChanges */.gQ)(examined.changes);
    const edited = { inputs, root, findings: examined.findings.open, changes, sync };
    const { part, revision } = await publish(target, edited, surroundings);
    record(part);
    return revision;
}


/***/ })

};
