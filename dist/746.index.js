export const id = 746;
export const ids = [746];
export const modules = {

/***/ 270:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C8: () => (/* binding */ fileChanges),
/* harmony export */   bf: () => (/* binding */ ownerOf),
/* harmony export */   cM: () => (/* binding */ checksum),
/* harmony export */   wZ: () => (/* binding */ markedMessage)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _formats_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6916);


/** Returns the changes in the form that the mutation createCommitOnBranch takes. */
function fileChanges(files) {
    return {
        additions: files.flatMap((file) => file.oid === undefined ? [] : [{ path: file.path, contents: file.contents }]),
        deletions: files.flatMap((file) => (file.oid === undefined ? [{ path: file.path }] : [])),
    };
}
/** Returns a hash over the changes of a commit: two commits with the same hash leave the same files behind. */
function checksum(files) {
    const lines = files.map(({ path, oid }) => `${oid ?? 'deleted'} ${path}\n`).sort();
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(lines.join('')).digest('hex');
}
/** The trailer that marks the commits of this action. */
const TRAILER = 'Tailchat-Plugins-Files';
/**
 * Returns the message of a commit on the pull request's branch. Its trailer is the checksum of the commit's changes, so
 * an amended or handmade commit has a wrong one, or none.
 */
function markedMessage(message, files) {
    return `${message}\n\n${TRAILER}: ${checksum(files)}`;
}
/**
 * Tells from a comparison of two commits (`compare` in the REST API) who made the commits of the pull request's branch.
 * @returns `mine`: the checksum of the only commit's changes, where this action made it; empty where there is no
 *   commit. `undefined`: there is a commit of someone else, described by `other`
 */
function ownerOf(comparison) {
    const commits = listAt(comparison, 'commits');
    const last = commits.at(-1);
    if (last === undefined)
        return { mine: '' };
    const message = (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .stringAt */ .bX)(last, 'commit', 'message') ?? '';
    const stated = new RegExp(`^${TRAILER}: ([0-9a-f]{64})$`, 'm').exec(message)?.[1];
    if (commits.length === 1 && stated === checksum(comparedFiles(comparison)))
        return { mine: stated };
    const name = (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .stringAt */ .bX)(last, 'commit', 'author', 'name') ?? 'unknown';
    return { mine: undefined, other: `${((0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .stringAt */ .bX)(last, 'sha') ?? '').slice(0, 12)} by ${name}` };
}
function comparedFiles(comparison) {
    return listAt(comparison, 'files').flatMap((file) => {
        const path = (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .stringAt */ .bX)(file, 'filename') ?? '';
        const status = (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .stringAt */ .bX)(file, 'status');
        const previous = (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .stringAt */ .bX)(file, 'previous_filename');
        if (status === 'removed')
            return [{ path, oid: undefined }];
        const change = { path, oid: (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .stringAt */ .bX)(file, 'sha') };
        return status === 'renamed' && previous !== undefined
            ? [change, { path: previous, oid: undefined }]
            : [change];
    });
}
function listAt(value, key) {
    const list = (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .ownValue */ .eC)(value, key);
    return Array.isArray(list) ? list : [];
}


/***/ }),

/***/ 746:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  X: () => (/* binding */ describeCommit),
  B: () => (/* binding */ publishEdits)
});

// EXTERNAL MODULE: ./.build/src/report/report.js + 1 modules
var report = __webpack_require__(7154);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./.build/src/publish/tree.js
var tree = __webpack_require__(4551);
;// CONCATENATED MODULE: ./.build/src/publish/proposal.js



/**
 * Returns a function that computes the content of commits, once for each head. On the checked-out commit the content is
 * the working tree, unless that had changes before this run; on any other commit, sync runs on a checkout of it.
 */
function proposals(destination, { inputs, root, changes, sync }) {
    const known = new Map();
    const compute = async (head) => {
        if (head === destination.head && destination.clean)
            return { files: await (0,tree/* uncommittedChanges */.DP)(root), changes, local: true };
        const source = { url: destination.url, token: destination.api.token };
        return (0,tree/* withCheckout */.j9)(source, head, async (directory) => {
            const there = (0,external_node_path_.join)(directory, destination.place);
            const recomputed = await sync(there);
            const where = `${head.slice(0, 12)}, the head of the branch ${destination.branch}`;
            if (recomputed.failure)
                throw new Error(`sync failed on ${where}: ${recomputed.failure.message}`);
            if ((0,report/* hasFailingFindings */.PS)(recomputed.findings, inputs))
                throw new Error(`there are findings that fail the step on ${where}: run the check there`);
            return { files: await (0,tree/* uncommittedChanges */.DP)(there), changes: recomputed.changes, local: false };
        });
    };
    return async (head) => {
        const proposal = known.get(head) ?? (await compute(head));
        known.set(head, proposal);
        return proposal;
    };
}

// EXTERNAL MODULE: ./.build/src/publish/pull-request.js
var pull_request = __webpack_require__(264);
// EXTERNAL MODULE: ./.build/src/report/markdown.js
var markdown = __webpack_require__(4873);
;// CONCATENATED MODULE: ./.build/src/publish/pull-request-text.js

/** Returns the text of the pull request: the changes and their reasons. The same changes give the same text. */
function pullRequestBody({ changes }) {
    const rows = changes.map(({ file, summary, why }) => [
        (0,markdown/* code */.aY)(file),
        (0,markdown/* escapeMarkdown */.FV)(summary),
        (0,markdown/* escapeMarkdown */.FV)(why ?? ''),
    ]);
    return [
        'The registration files of the Tailchat plugins are out of date. This updates them:',
        '',
        ...(0,markdown/* table */.tp)(['File', 'Change', 'Why'], rows),
        '',
        'Each run rebuilds this branch and rewrites this text, and closes the pull request when nothing is left to change. A commit that you add to the branch is never overwritten: the run fails and says so.',
    ].join('\n');
}

// EXTERNAL MODULE: ./.build/src/publish/repository.js
var repository = __webpack_require__(6147);
// EXTERNAL MODULE: ./.build/src/publish/tries.js
var tries = __webpack_require__(6902);
;// CONCATENATED MODULE: ./.build/src/publish/push.js


/**
 * Puts one commit on the checked-out branch. If the branch moves in the meantime, the commit is computed again on the
 * new head.
 * @returns `undefined` when the head needs no change
 */
async function push(destination, { message, propose }, patience) {
    const { branch } = destination;
    let attempt;
    return (0,tries/* inTries */.X)(patience, async () => {
        const head = await (0,repository/* headOf */.Uo)(destination, branch);
        if (head === undefined)
            throw new Error((0,repository/* noBranch */.kc)(destination));
        const { files, local } = await propose(head);
        if (files.length === 0) {
            if (attempt === undefined || attempt.head === head)
                return undefined;
            // The last try may have created the commit although its answer was lost.
            const found = await (0,repository/* readCommitOf */.Pv)(destination, head);
            const isOwn = found.parent === attempt.head && found.headline === (0,repository/* splitMessage */.kw)(message).headline;
            return isOwn ? { commit: { sha: head, author: '' }, ...attempt } : undefined;
        }
        attempt = { head, local };
        const commit = await (0,repository/* createCommit */.kt)(destination, { branch, parent: head, message, files });
        return { commit, head, local };
    });
}

;// CONCATENATED MODULE: ./.build/src/publish/publish.js





/**
 * Publishes the edits of this run on GitHub, as the input `commit` says.
 * @throws when that is not possible, with what to do
 */
async function publishEdits(destination, edited, patience) {
    const { inputs, findings, changes } = edited;
    const { commit, branch, message } = inputs.publish;
    if ((0,report/* hasFailingFindings */.PS)(findings, inputs))
        return noted(`Nothing was published (commit: ${commit}): fix the findings first.`);
    if (inputs.dryRun)
        return noted(describePublishing(destination, inputs, changes));
    const propose = proposals(destination, edited);
    if (commit === 'pull-request') {
        const withText = async (head) => {
            const proposal = await propose(head);
            return { files: proposal.files, body: pullRequestBody(proposal) };
        };
        const { url, commit: made, notes, } = await (0,pull_request/* publishPullRequest */.gB)(destination, { branch, message, propose: withText }, patience);
        const { notes: ofCommit = [], ...published } = made ? describeCommit(made) : {};
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
    const pushed = await push(destination, { message, propose }, patience);
    if (!pushed)
        return noted(`Nothing was committed: the branch ${destination.branch} already has these changes.`);
    const { notes = [], ...part } = describeCommit(pushed.commit);
    if (pushed.local)
        return { part: { ...part, notes }, revision: pushed.commit.sha };
    const where = `The commit is based on ${pushed.head.slice(0, 12)}, the head of the branch ${destination.branch}, and not on the checkout (${destination.head.slice(0, 12)}${destination.clean ? '' : ' with uncommitted changes'}).`;
    return { part: { ...part, notes: [where, ...notes] } };
}
function noted(note) {
    return { part: { notes: [note] } };
}
/** The author of commits that are made with the workflow's own token. */
const WORKFLOW_AUTHOR = 'github-actions[bot]';
/** Returns the part of the report about a commit. */
function describeCommit({ sha, author }) {
    if (author !== WORKFLOW_AUTHOR)
        return { commitSha: sha };
    const note = 'The commit was made with the workflow’s own token, so it starts no workflows. To run them, give github-token the token of a GitHub App or a personal access token.';
    return { commitSha: sha, notes: [note] };
}
/** Returns the note of a dry run. */
function describePublishing({ branch: into }, { publish: { commit, branch } }, changes) {
    const files = [...new Set(changes.map(({ file }) => file))].join(', ');
    if (files === '')
        return `Dry run: there is nothing to commit to ${into}.`;
    return commit === 'push'
        ? `Dry run: would commit ${files} to the branch ${into}.`
        : `Dry run: would open or update the pull request from ${branch} into ${into}, with ${files}.`;
}


/***/ }),

/***/ 264:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   JT: () => (/* binding */ markOfVersion),
/* harmony export */   SS: () => (/* binding */ ForeignCommitError),
/* harmony export */   gB: () => (/* binding */ publishPullRequest)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _client_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9348);
/* harmony import */ var _edits_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(270);
/* harmony import */ var _repository_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6147);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4516);
/* harmony import */ var _tries_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6902);






/** The branch of a pull request has somebody else's commit, which is never overwritten. */
class ForeignCommitError extends Error {
}
/**
 * Maintains one pull request with the changes that the checked-out branch needs: opens it, updates it, or closes it
 * when nothing is left to change. Its branch is always one commit on the head of the checked-out branch.
 * @throws {ForeignCommitError} when the pull request's branch holds other people's commits, with what to do
 */
async function publishPullRequest(destination, { branch, message, base: wanted, propose, mark }, patience) {
    if (branch === destination.branch)
        return { notes: [`No pull request was opened: its own branch ${branch} is checked out.`] };
    return (0,_tries_js__WEBPACK_IMPORTED_MODULE_4__/* .inTries */ .X)(patience, async () => {
        const base = wanted ?? (await (0,_repository_js__WEBPACK_IMPORTED_MODULE_3__/* .headOf */ .Uo)(destination, destination.branch));
        if (base === undefined)
            throw new Error((0,_repository_js__WEBPACK_IMPORTED_MODULE_3__/* .noBranch */ .kc)(destination));
        const { files, body } = await propose(base);
        const state = await readBranch(destination, base, branch);
        const open = await openPullRequest(destination, branch);
        if (files.length === 0)
            return close(destination, state, open);
        const declined = open || mark === undefined ? undefined : await closedOne(destination, branch, mark);
        if (declined !== undefined)
            return {
                notes: [
                    `Pull request #${declined} was closed without being merged, so it is not opened again for this version; reopen it to have it kept up to date.`,
                ],
            };
        if (state.mine === undefined)
            throw new ForeignCommitError(foreignCommits(branch, state.other));
        const { head, current, mine } = state;
        const upToDate = current && head !== undefined && mine === (0,_edits_js__WEBPACK_IMPORTED_MODULE_2__/* .checksum */ .cM)(files);
        const made = { branch, parent: base, message: (0,_edits_js__WEBPACK_IMPORTED_MODULE_2__/* .markedMessage */ .wZ)(message, files), files };
        const commit = upToDate ? { sha: head, author: '' } : await rebuild(destination, head, made);
        const title = (0,_repository_js__WEBPACK_IMPORTED_MODULE_3__/* .splitMessage */ .kw)(message).headline;
        const text = { branch, title, body, ...(mark !== undefined && { mark }) };
        return { url: await openOrUpdate(destination, text, open), commit, notes: [] };
    });
}
function foreignCommits(branch, other) {
    return `the branch ${branch} has a commit that this action did not make (${other}) and was not changed: merge or close its pull request and delete the branch, or set \`branch\` to another name`;
}
async function readBranch(destination, base, branch) {
    const head = await (0,_repository_js__WEBPACK_IMPORTED_MODULE_3__/* .headOf */ .Uo)(destination, branch);
    if (head === undefined || head === base)
        return { branch, head, mine: '', current: true };
    const purpose = { what: 'comparing the branch of the pull request', needs: 'contents: read' };
    const comparison = await (0,_client_js__WEBPACK_IMPORTED_MODULE_1__/* .ask */ .kA)(destination.api, purpose, ({ rest }) => rest.repos.compareCommitsWithBasehead({ ...(0,_repository_js__WEBPACK_IMPORTED_MODULE_3__/* .inRepository */ .yJ)(destination), basehead: `${base}...${head}` }));
    return { branch, head, ...(0,_edits_js__WEBPACK_IMPORTED_MODULE_2__/* .ownerOf */ .bf)(comparison), current: comparison.behind_by === 0 };
}
/**
 * Replaces the branch by one commit. The commit is made on a temporary branch, and the branch then moves to it in one
 * step: GitHub closes a pull request whose branch has no commit of its own, even for a moment.
 * @param before the commit that the branch points at
 */
async function rebuild(destination, before, { branch, parent, ...content }) {
    const temporary = `${branch}-${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)().slice(0, 8)}`;
    try {
        await (0,_repository_js__WEBPACK_IMPORTED_MODULE_3__/* .updateBranches */ .kf)(destination, [{ branch: temporary, before: undefined, after: parent }]);
        const commit = await (0,_repository_js__WEBPACK_IMPORTED_MODULE_3__/* .createCommit */ .kt)(destination, { branch: temporary, parent, ...content });
        await (0,_repository_js__WEBPACK_IMPORTED_MODULE_3__/* .updateBranches */ .kf)(destination, [
            { branch, before, after: commit.sha },
            { branch: temporary, before: commit.sha, after: undefined },
        ]);
        return commit;
    }
    catch (error) {
        // The first failure counts, even if the temporary branch can't be deleted either.
        await (0,_repository_js__WEBPACK_IMPORTED_MODULE_3__/* .deleteBranch */ .SN)(destination, temporary).catch(() => undefined);
        throw error;
    }
}
/** Returns a line for the text of a pull request that identifies the version it proposes. */
function markOfVersion(version) {
    return `<!-- tailchat-plugins update ${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(version).digest('hex')} -->`;
}
function withoutMark(body) {
    return body.replace(/<!-- tailchat-plugins update [0-9a-f]{64} -->\r?\n/, '');
}
/** Finds the open pull request from this branch into the checked-out one. */
async function openPullRequest(destination, branch) {
    const { owner, repo } = (0,_repository_js__WEBPACK_IMPORTED_MODULE_3__/* .inRepository */ .yJ)(destination);
    const purpose = { what: 'looking for the pull request', needs: 'pull-requests: read' };
    const list = await (0,_client_js__WEBPACK_IMPORTED_MODULE_1__/* .ask */ .kA)(destination.api, purpose, ({ rest }) => rest.pulls.list({ owner, repo, state: 'open', head: `${owner}:${branch}`, base: destination.branch }));
    return list[0];
}
/**
 * Finds the pull request from this branch that proposed the same version and was closed without being merged.
 * @returns its number
 */
async function closedOne(destination, branch, mark) {
    const { owner, repo } = (0,_repository_js__WEBPACK_IMPORTED_MODULE_3__/* .inRepository */ .yJ)(destination);
    const purpose = { what: 'looking for closed pull requests', needs: 'pull-requests: read' };
    const list = await (0,_client_js__WEBPACK_IMPORTED_MODULE_1__/* .ask */ .kA)(destination.api, purpose, ({ rest }) => rest.pulls.list({
        owner,
        repo,
        state: 'closed',
        head: `${owner}:${branch}`,
        base: destination.branch,
        per_page: 100,
    }));
    return list.find(({ merged_at, body }) => merged_at === null && body?.includes(mark))?.number;
}
/**
 * Opens the pull request, or updates its text. An open one keeps its title, which maintainers may have changed, unless
 * it proposes another version now.
 * @returns its address
 */
async function openOrUpdate(destination, { branch, title, body, mark }, open) {
    const needs = 'pull-requests: write';
    if (open) {
        const purpose = { what: `updating pull request #${open.number}`, needs };
        const isOther = mark !== undefined && open.body?.includes(mark) !== true;
        if (!(0,_text_js__WEBPACK_IMPORTED_MODULE_5__/* .isSameText */ .c)(open.body ?? '', body))
            await (0,_client_js__WEBPACK_IMPORTED_MODULE_1__/* .ask */ .kA)(destination.api, purpose, ({ rest }) => rest.pulls.update({
                ...(0,_repository_js__WEBPACK_IMPORTED_MODULE_3__/* .inRepository */ .yJ)(destination),
                pull_number: open.number,
                body,
                ...(isOther && { title }),
            }));
        return open.html_url;
    }
    const purpose = { what: `opening a pull request from ${branch}`, needs };
    try {
        const created = await (0,_client_js__WEBPACK_IMPORTED_MODULE_1__/* .ask */ .kA)(destination.api, purpose, ({ rest }) => rest.pulls.create({
            ...(0,_repository_js__WEBPACK_IMPORTED_MODULE_3__/* .inRepository */ .yJ)(destination),
            title,
            body,
            head: branch,
            base: destination.branch,
        }));
        return created.html_url;
    }
    catch (error) {
        // Another run opened it in the meantime: the next try finds it.
        if (error instanceof _client_js__WEBPACK_IMPORTED_MODULE_1__/* .ApiError */ .hD && /already exists/i.test(error.fault.message))
            throw new _client_js__WEBPACK_IMPORTED_MODULE_1__/* .ApiError */ .hD(purpose, { ...error.fault, kind: 'stale' });
        throw error;
    }
}
/** Closes the pull request, and deletes its branch unless it holds other people's commits. */
async function close(destination, state, open) {
    const { branch, head } = state;
    if (state.mine === undefined)
        return { notes: [`Nothing is left to change, and ${foreignCommits(branch, state.other)}.`] };
    if (open) {
        const purpose = { what: `closing pull request #${open.number}`, needs: 'pull-requests: write' };
        await (0,_client_js__WEBPACK_IMPORTED_MODULE_1__/* .ask */ .kA)(destination.api, purpose, ({ rest }) => rest.pulls.update({
            ...(0,_repository_js__WEBPACK_IMPORTED_MODULE_3__/* .inRepository */ .yJ)(destination),
            pull_number: open.number,
            state: 'closed',
            // It was not a person who declined this version.
            ...(open.body !== null && { body: withoutMark(open.body) }),
        }));
    }
    // A branch without a commit of this action may belong to someone else.
    if (state.mine !== '')
        await (0,_repository_js__WEBPACK_IMPORTED_MODULE_3__/* .updateBranches */ .kf)(destination, [{ branch, before: head, after: undefined }]);
    const closed = open ? [`Pull request #${open.number} was closed: nothing is left to change.`] : [];
    return { notes: closed };
}


/***/ }),

/***/ 6147:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Pv: () => (/* binding */ readCommitOf),
/* harmony export */   SN: () => (/* binding */ deleteBranch),
/* harmony export */   Uo: () => (/* binding */ headOf),
/* harmony export */   Y8: () => (/* binding */ branchesBelow),
/* harmony export */   kc: () => (/* binding */ noBranch),
/* harmony export */   kf: () => (/* binding */ updateBranches),
/* harmony export */   kt: () => (/* binding */ createCommit),
/* harmony export */   kw: () => (/* binding */ splitMessage),
/* harmony export */   yJ: () => (/* binding */ inRepository)
/* harmony export */ });
/* harmony import */ var _client_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9348);
/* harmony import */ var _edits_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(270);


/** The id by which GitHub's API names the commit of a branch that does not exist. */
const NOWHERE = '0'.repeat(40);
/** Returns the repository in the form that requests of the REST API take. */
function inRepository({ repository }) {
    const [owner = '', repo = ''] = repository.split('/');
    return { owner, repo };
}
/** Reads the head of a branch; `undefined` when there is no such branch. */
async function headOf(destination, branch) {
    const purpose = { what: `reading the branch ${branch}`, needs: 'contents: read' };
    try {
        const reference = await (0,_client_js__WEBPACK_IMPORTED_MODULE_0__/* .ask */ .kA)(destination.api, purpose, ({ rest }) => rest.git.getRef({ ...inRepository(destination), ref: `heads/${branch}` }));
        return reference.object.sha;
    }
    catch (error) {
        if (error instanceof _client_js__WEBPACK_IMPORTED_MODULE_0__/* .ApiError */ .hD && error.fault.kind === 'not-found')
            return undefined;
        throw error;
    }
}
/** Returns the names of the branches that begin with `prefix`, such as `tailchat-plugins/update/`. */
async function branchesBelow(destination, prefix) {
    const purpose = { what: `looking for branches below ${prefix}`, needs: 'contents: read' };
    const references = await (0,_client_js__WEBPACK_IMPORTED_MODULE_0__/* .ask */ .kA)(destination.api, purpose, ({ rest }) => rest.git.listMatchingRefs({ ...inRepository(destination), ref: `heads/${prefix}` }));
    return references.map(({ ref }) => ref.replace(/^refs\/heads\//, ''));
}
/** Returns the message for a branch that GitHub does not show: it does not exist, or the token may not see it. */
function noBranch({ repository, branch }) {
    return `GitHub shows no branch ${branch} in ${repository}: push it first, or give github-token a token that may read there (contents: read)`;
}
/** Reads the first line of a commit's message, and its first parent. */
async function readCommitOf(destination, sha) {
    const purpose = { what: `reading the commit ${sha.slice(0, 12)}`, needs: 'contents: read' };
    const { message, parents } = await (0,_client_js__WEBPACK_IMPORTED_MODULE_0__/* .ask */ .kA)(destination.api, purpose, ({ rest }) => rest.git.getCommit({ ...inRepository(destination), commit_sha: sha }));
    return { headline: message.split('\n')[0] ?? '', parent: parents[0]?.sha };
}
const CREATE_COMMIT = `mutation ($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) {
    commit { oid author { name } }
  }
}`;
/**
 * Puts one commit on a branch. GitHub itself creates it, so it is signed and shown as verified.
 * @throws {ApiError} `stale` when the branch is not at `parent`
 */
async function createCommit({ api, repository }, { branch, parent, message, files }) {
    const input = {
        branch: { repositoryNameWithOwner: repository, branchName: branch },
        expectedHeadOid: parent,
        message: splitMessage(message),
        fileChanges: (0,_edits_js__WEBPACK_IMPORTED_MODULE_1__/* .fileChanges */ .C8)(files),
    };
    const purpose = { what: `committing to the branch ${branch}`, needs: 'contents: write' };
    const { createCommitOnBranch } = await (0,_client_js__WEBPACK_IMPORTED_MODULE_0__/* .askGraphql */ .jQ)(api, purpose, {
        query: CREATE_COMMIT,
        variables: { input },
    });
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
 * Moves, creates and deletes branches: all of them or none, and only if each still points at its `before`.
 * @throws {ApiError} `stale` when one has moved, `refused` when GitHub refuses for another reason
 */
async function updateBranches(destination, updates) {
    const { api, repository } = destination;
    const { owner, repo: name } = inRepository(destination);
    const reading = { what: `reading the repository ${repository}`, needs: 'contents: read' };
    const found = await (0,_client_js__WEBPACK_IMPORTED_MODULE_0__/* .askGraphql */ .jQ)(api, reading, {
        query: REPOSITORY_ID,
        variables: { owner, name },
    });
    const purpose = { what: `moving the branch ${updates[0]?.branch ?? ''}`, needs: 'contents: write' };
    const refUpdates = updates.map(({ branch, before, after }) => ({
        name: `refs/heads/${branch}`,
        beforeOid: before ?? NOWHERE,
        afterOid: after ?? NOWHERE,
        force: true,
    }));
    try {
        await (0,_client_js__WEBPACK_IMPORTED_MODULE_0__/* .askGraphql */ .jQ)(api, purpose, {
            query: UPDATE_REFS,
            variables: { input: { repositoryId: found.repository.id, refUpdates } },
        });
    }
    catch (error) {
        // GitHub documents no error for a branch that has moved, so the branches are read again.
        if (error instanceof _client_js__WEBPACK_IMPORTED_MODULE_0__/* .ApiError */ .hD && error.fault.kind === 'refused' && (await anyMoved(destination, updates)))
            throw new _client_js__WEBPACK_IMPORTED_MODULE_0__/* .ApiError */ .hD(purpose, { ...error.fault, kind: 'stale' });
        throw error;
    }
}
async function anyMoved(destination, updates) {
    for (const { branch, before } of updates)
        if ((await headOf(destination, branch)) !== before)
            return true;
    return false;
}
/** Deletes a branch, no matter which commit it points at. */
async function deleteBranch(destination, branch) {
    const purpose = { what: `deleting the branch ${branch}`, needs: 'contents: write' };
    await (0,_client_js__WEBPACK_IMPORTED_MODULE_0__/* .ask */ .kA)(destination.api, purpose, ({ rest }) => rest.git.deleteRef({ ...inRepository(destination), ref: `heads/${branch}` }));
}


/***/ }),

/***/ 4516:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ isSameText)
/* harmony export */ });
/** Tells whether GitHub already stores this text: it changes line ends, and may drop leading and trailing white space. */
function isSameText(stored, text) {
    return stored.replaceAll('\r\n', '\n').trim() === text.trim();
}


/***/ })

};
