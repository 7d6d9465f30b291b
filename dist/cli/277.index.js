export const id = 277;
export const ids = [277];
export const modules = {

/***/ 9864:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   UG: () => (/* binding */ graphql),
/* harmony export */   hD: () => (/* binding */ ApiError),
/* harmony export */   zs: () => (/* binding */ rest)
/* harmony export */ });
/* harmony import */ var _faults_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7502);

/** A request that GitHub did not carry out, or that got no answer: then nobody knows whether it did. */
class ApiError extends Error {
    fault;
    constructor({ what, needs }, fault) {
        super((0,_faults_js__WEBPACK_IMPORTED_MODULE_0__/* .describeFault */ .Qx)(what, fault, needs));
        this.fault = fault;
        this.name = 'ApiError';
    }
}
const ANSWER_MILLISECONDS = 30_000;
/**
 * Asks the REST API, once. The answer is not checked beyond being JSON: what is read from it says what it expects.
 * @throws {ApiError}
 */
async function rest(api, { method, path, body }, purpose) {
    return request(api, `${api.rest}${path}`, { method, ...(body && { body: JSON.stringify(body) }) }, purpose);
}
/**
 * Asks the GraphQL API, once.
 * @returns its `data`
 * @throws {ApiError} also when it answers 200 with errors
 */
async function graphql(api, query, variables, purpose) {
    const body = JSON.stringify({ query, variables });
    const answer = await request(api, api.graphql, { method: 'POST', body }, purpose);
    return answer.data;
}
async function request({ token }, url, options, purpose) {
    let response;
    let text;
    try {
        response = await fetch(url, {
            ...options,
            headers: {
                accept: 'application/vnd.github+json',
                authorization: `Bearer ${token}`,
                'content-type': 'application/json',
                'user-agent': 'tailchat-plugin-deploy',
                'x-github-api-version': '2022-11-28',
            },
            signal: AbortSignal.timeout(ANSWER_MILLISECONDS),
        });
        text = await response.text();
    }
    catch (error) {
        throw new ApiError(purpose, (0,_faults_js__WEBPACK_IMPORTED_MODULE_0__/* .faultOfConnection */ .IW)(error));
    }
    const body = parsed(text);
    const { status, headers } = response;
    const fault = (0,_faults_js__WEBPACK_IMPORTED_MODULE_0__/* .faultOf */ .Kl)({ status, header: (name) => headers.get(name), body }, Date.now());
    if (fault)
        throw new ApiError(purpose, fault);
    return body;
}
function parsed(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}


/***/ }),

/***/ 7502:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   IW: () => (/* binding */ faultOfConnection),
/* harmony export */   Kl: () => (/* binding */ faultOf),
/* harmony export */   Lw: () => (/* binding */ delayBefore),
/* harmony export */   QK: () => (/* binding */ faultOfFetch),
/* harmony export */   Qm: () => (/* binding */ TRIES),
/* harmony export */   Qx: () => (/* binding */ describeFault)
/* harmony export */ });
/* unused harmony export POLICY */
/* harmony import */ var _formats_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8992);

/** What becomes of each kind of failure: all that is retried, and all that a user is told to do. docs/publishing.md has it as a table. */
const POLICY = {
    unauthorized: {
        shows: '401; `git fetch` found the token not taken',
        retried: false,
        advice: 'github-token is not valid, or no longer: hand over another one',
    },
    forbidden: {
        shows: '403, to `git fetch` as well, or `FORBIDDEN` or `INSUFFICIENT_SCOPES` from GraphQL',
        retried: false,
        advice: 'github-token may not do this: give the job the permission that is named, or hand over another token',
    },
    'pull-requests-disabled': {
        shows: '403 that says GitHub Actions may not create pull requests',
        retried: false,
        advice: 'allow it in Settings, Actions, General, “Allow GitHub Actions to create and approve pull requests”, or hand over the token of a GitHub App',
    },
    protected: {
        shows: '403, 409, 422 or a GraphQL error that names a protected branch or a rule of the repository',
        retried: false,
        advice: 'the branch takes no direct commits: use `commit: pull-request`, or let the token’s owner bypass the rule',
    },
    'not-found': {
        shows: '404, to `git fetch` as well, or `NOT_FOUND` from GraphQL',
        retried: false,
        advice: 'it does not exist, or github-token may not see it',
    },
    stale: {
        shows: '409, or `STALE_DATA` from GraphQL: the branch moved meanwhile',
        retried: true,
        advice: 'other commits keep coming first: run again',
    },
    refused: { shows: '422 and every other refusal', retried: false },
    'rate-limit': {
        shows: '403 or 429 with nothing left of the hourly limit, or `RATE_LIMITED` from GraphQL',
        retried: true,
        advice: 'the token’s hourly limit is used up: run again later, or hand over a token of its own',
    },
    'secondary-rate-limit': {
        shows: '403 or 429 with `retry-after`, or that names a secondary rate limit',
        retried: true,
        advice: 'GitHub asks for fewer requests: run again later',
    },
    server: {
        shows: '500, 502, 503, 504, an answer that is no JSON, or a GraphQL error without a type',
        retried: true,
        advice: 'see https://www.githubstatus.com, and run again',
    },
    connection: {
        shows: 'no answer: the connection was reset or refused, or took longer than 30 s; `git fetch` failed otherwise',
        retried: true,
        advice: 'GitHub could not be reached from here: look at the network or the proxy, and run again',
    },
};
/** How often one thing is tried in all. */
const TRIES = 5;
/** A run does not sleep longer than this: what GitHub wants to wait for longer is a failure that says so. */
const LONGEST_WAIT_SECONDS = 120;
/**
 * Tells what is wrong with an answer.
 * @param now milliseconds since 1970, for the time at which a limit is lifted
 * @returns `undefined` when nothing is
 */
function faultOf({ status, header, body }, now) {
    if (status < 400) {
        if (body === undefined)
            return status === 204 ? undefined : notJson(status);
        const fault = faultOfGraphql(body);
        return fault?.kind === 'rate-limit' ? { ...fault, waitSeconds: untilReset(header, now) } : fault;
    }
    const message = messageOf(body) || `HTTP ${status}`;
    if (status === 401)
        return { kind: 'unauthorized', message };
    if (status === 403 || status === 429) {
        const limit = faultOfLimit(message, header, now);
        if (limit)
            return limit;
        if (status === 429)
            return { kind: 'secondary-rate-limit', message, waitSeconds: DEFAULT_WAIT_SECONDS };
    }
    if (isProtection(message))
        return { kind: 'protected', message };
    if (status === 403)
        return /not permitted to create or approve pull requests/i.test(message)
            ? { kind: 'pull-requests-disabled', message }
            : { kind: 'forbidden', message: withPermissions(message, header('x-accepted-github-permissions')) };
    if (status === 404)
        return { kind: 'not-found', message };
    if (status === 409)
        return { kind: 'stale', message };
    if (status >= 500)
        return { kind: 'server', message: `HTTP ${status}` };
    return { kind: 'refused', message };
}
function notJson(status) {
    return { kind: 'server', message: `the answer (HTTP ${status}) is no JSON` };
}
/** What GitHub waits for when it does not say how long. */
const DEFAULT_WAIT_SECONDS = 60;
function faultOfLimit(message, header, now) {
    const after = header('retry-after');
    if (after !== null || /secondary rate limit|abuse detection/i.test(message)) {
        const seconds = Number(after ?? DEFAULT_WAIT_SECONDS);
        return {
            kind: 'secondary-rate-limit',
            message,
            waitSeconds: Number.isFinite(seconds) ? seconds : DEFAULT_WAIT_SECONDS,
        };
    }
    if (header('x-ratelimit-remaining') !== '0')
        return undefined;
    return { kind: 'rate-limit', message, waitSeconds: untilReset(header, now) };
}
/** Seconds until the hourly limit is lifted. */
function untilReset(header, now) {
    const reset = Number(header('x-ratelimit-reset') ?? NaN);
    return Number.isFinite(reset) ? Math.max(1, Math.ceil(reset - now / 1000)) : DEFAULT_WAIT_SECONDS;
}
/** GraphQL answers 200 to what it does not do: each error has a type of its own. */
function faultOfGraphql(body) {
    const errors = (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_0__/* .ownValue */ .eC)(body, 'errors');
    if (!Array.isArray(errors) || errors.length === 0)
        return undefined;
    const message = errors.map((error) => (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_0__/* .stringAt */ .bX)(error, 'message') ?? 'an error without a message').join('; ');
    const types = errors.map((error) => (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_0__/* .stringAt */ .bX)(error, 'type'));
    const kind = types
        .map((type) => type && GRAPHQL_KINDS[type])
        .find((each) => each !== undefined && each !== '');
    if (kind)
        return { kind, message };
    if (isProtection(message))
        return { kind: 'protected', message };
    // What the server itself stumbled over has no type.
    return { kind: types.every((type) => type === undefined) ? 'server' : 'refused', message };
}
const GRAPHQL_KINDS = {
    FORBIDDEN: 'forbidden',
    INSUFFICIENT_SCOPES: 'forbidden',
    NOT_FOUND: 'not-found',
    STALE_DATA: 'stale',
    RATE_LIMITED: 'rate-limit',
    BRANCH_PROTECTION_RULE_VIOLATION: 'protected',
};
/** Rulesets have no type of their own: only their words tell. */
function isProtection(message) {
    return /protected branch|repository rule violation|must be made through a pull request|required status check|approving review is required/i.test(message);
}
function messageOf(body) {
    const details = (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_0__/* .ownValue */ .eC)(body, 'errors');
    const texts = (Array.isArray(details) ? details : []).map((detail) => typeof detail === 'string' ? detail : ((0,_formats_json_js__WEBPACK_IMPORTED_MODULE_0__/* .stringAt */ .bX)(detail, 'message') ?? fieldOf(detail)));
    return [(0,_formats_json_js__WEBPACK_IMPORTED_MODULE_0__/* .stringAt */ .bX)(body, 'message') ?? '', ...texts].filter((text) => text !== '').join('; ');
}
function fieldOf(detail) {
    const { field, code } = (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asObject */ .eB)(detail) ?? {};
    return typeof field === 'string' && typeof code === 'string' ? `${field}: ${code}` : '';
}
function withPermissions(message, accepted) {
    return accepted ? `${message} (it takes ${accepted})` : message;
}
/** A request that got no answer. */
function faultOfConnection(error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const code = (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_0__/* .stringAt */ .bX)(cause, 'code');
    const message = cause instanceof Error ? cause.message : String(cause);
    return { kind: 'connection', message: code && !message.includes(code) ? `${code}: ${message}` : message };
}
/**
 * A `git fetch` that failed: over HTTP, git tells of the answer only in its words, which are English (`LC_ALL=C`).
 * @param outcome what became of git, where it said nothing
 */
function faultOfFetch(lines, outcome) {
    const said = lines.join('\n');
    const kind = FETCH_KINDS.find(([words]) => words.test(said))?.[1] ?? 'connection';
    return { kind, message: lines.at(-1) ?? outcome };
}
const FETCH_KINDS = [
    // Where the token is not taken, git would ask somebody, which it must not.
    [/Authentication failed|could not read (?:Username|Password)|returned error: 401/, 'unauthorized'],
    [/returned error: 403/, 'forbidden'],
    [/^fatal: repository .* not found/m, 'not-found'],
];
/**
 * How long to wait before the next try, in milliseconds.
 * @param tried how many tries there were
 * @param random from 0 up to 1: runs that collided once must not collide again
 * @returns `undefined` when there is to be none
 */
function delayBefore({ kind, waitSeconds = 0 }, tried, random) {
    if (!POLICY[kind].retried || tried >= TRIES || waitSeconds > LONGEST_WAIT_SECONDS)
        return undefined;
    return Math.round(waitSeconds * 1000 + 2 ** (tried - 1) * 1000 * (0.5 + random));
}
/**
 * A failure as one line: what could not be done, what GitHub says, what to do.
 * @param needs the permission that it takes, such as `contents: write`
 */
function describeFault(what, { kind, message, waitSeconds }, needs) {
    const { advice } = POLICY[kind];
    const wait = waitSeconds !== undefined && waitSeconds > LONGEST_WAIT_SECONDS ? ` (in ${waitSeconds} s)` : '';
    const permission = kind === 'forbidden' || kind === 'not-found' ? ` (it takes ${needs})` : '';
    return `${what} failed: ${message}${advice === undefined ? '' : `; ${advice}${permission}${wait}`}`;
}


/***/ }),

/***/ 2277:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  publish: () => (/* binding */ publish)
});

// EXTERNAL MODULE: ./src/report/report.ts + 1 modules
var report_report = __webpack_require__(32);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./src/publish/tree.ts + 1 modules
var tree = __webpack_require__(2455);
;// CONCATENATED MODULE: ./src/publish/proposal.ts



/**
 * Computes what commits have to hold, each head's once. On the commit that is checked out it is what this run changed,
 * if it found nothing else changed; on any other everything is computed anew, on a checkout of that commit.
 */
function proposals(target, { inputs, root, report, sync }) {
    const known = new Map();
    const compute = async (head) => {
        if (head === target.head && target.clean)
            return { files: await (0,tree/* uncommittedChanges */.DP)(root), report, local: true };
        const source = { url: target.url, token: target.api.token };
        return (0,tree/* withCheckout */.j9)(source, head, async (directory) => {
            const there = (0,external_node_path_.join)(directory, target.place);
            const recomputed = await sync(there);
            const where = `${head.slice(0, 12)}, where the branch ${target.branch} is`;
            if (recomputed.failure)
                throw new Error(`sync failed on ${where}: ${recomputed.failure.message}`);
            if ((0,report_report/* hasFailingFindings */.PS)(recomputed, inputs.failOn))
                throw new Error(`on ${where}, there are findings that fail the step: run the check there`);
            return { files: await (0,tree/* uncommittedChanges */.DP)(there), report: recomputed, local: false };
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
// EXTERNAL MODULE: ./src/formats/json.ts
var json = __webpack_require__(8992);
// EXTERNAL MODULE: ./src/publish/client.ts
var client = __webpack_require__(9864);
;// CONCATENATED MODULE: ./src/publish/edits.ts


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

// EXTERNAL MODULE: ./src/report/markdown.ts
var markdown = __webpack_require__(4285);
;// CONCATENATED MODULE: ./src/publish/pull-request-text.ts

/** The text of the pull request: what changes, and why. The same report gives the same text. */
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

;// CONCATENATED MODULE: ./src/publish/repository.ts



/** Stands for `no such branch`, in an update of one. */
const NOWHERE = '0'.repeat(40);
function askRepository({ api, repository }, { path, ...request }, purpose) {
    return (0,client/* rest */.zs)(api, { ...request, path: `/repos/${repository}${path}` }, purpose);
}
/** The head of a branch; `undefined` when there is none. */
async function headOf(target, branch) {
    const purpose = { what: `reading the branch ${branch}`, needs: 'contents: read' };
    try {
        const path = `/git/ref/heads/${inPath(branch)}`;
        return (0,json/* stringAt */.bX)(await askRepository(target, { method: 'GET', path }, purpose), 'object', 'sha');
    }
    catch (error) {
        if (error instanceof client/* ApiError */.hD && error.fault.kind === 'not-found')
            return undefined;
        throw error;
    }
}
/** What to do where the checked-out branch is not there: GitHub says the same of what a token may not see. */
function noBranch({ repository, branch }) {
    return `GitHub shows no branch ${branch} in ${repository}: push it first, or hand over a github-token that may read there (contents: read)`;
}
/** The name of a branch in a path: its slashes stay. */
function inPath(branch) {
    return branch.split('/').map(encodeURIComponent).join('/');
}
/** The first line of a commit's message, and the first of the commits it was made on. */
async function readCommitOf(target, sha) {
    const commit = await askRepository(target, { method: 'GET', path: `/git/commits/${sha}` }, { what: `reading the commit ${sha.slice(0, 12)}`, needs: 'contents: read' });
    const parents = (0,json/* ownValue */.eC)(commit, 'parents');
    return {
        headline: (0,json/* stringAt */.bX)(commit, 'message')?.split('\n')[0] ?? '',
        parent: Array.isArray(parents) ? (0,json/* stringAt */.bX)(parents[0], 'sha') : undefined,
    };
}
const CREATE_COMMIT = `mutation ($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) {
    commit { oid author { name } }
  }
}`;
/**
 * Puts one commit on a branch. GitHub itself makes it, so it is signed and shown as verified.
 * @param expectedHead where the branch has to be
 * @throws {ApiError} `stale` when it is elsewhere
 */
async function createCommit({ api, repository }, branch, expectedHead, message, files) {
    const input = {
        branch: { repositoryNameWithOwner: repository, branchName: branch },
        expectedHeadOid: expectedHead,
        message: splitMessage(message),
        fileChanges: fileChanges(files),
    };
    const { createCommitOnBranch } = await (0,client/* graphql */.UG)(api, CREATE_COMMIT, { input }, { what: `committing to the branch ${branch}`, needs: 'contents: write' });
    const { oid, author } = createCommitOnBranch.commit;
    return { sha: oid, author: author?.name ?? '' };
}
/** A commit's message as the API takes it. */
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
 * Moves, makes and removes branches: all of them or none, and only if each is still where it was.
 * @throws {ApiError} `stale` when one is elsewhere, `refused` when GitHub won't have it for another reason
 */
async function updateBranches(target, updates) {
    const { api, repository } = target;
    const [owner, name] = repository.split('/');
    const found = await (0,client/* graphql */.UG)(api, REPOSITORY_ID, { owner, name }, { what: `reading the repository ${repository}`, needs: 'contents: read' });
    const purpose = {
        what: `moving the branch ${updates[0]?.branch ?? ''}`,
        needs: 'contents: write',
    };
    const refUpdates = updates.map(({ branch, before, after }) => ({
        name: `refs/heads/${branch}`,
        beforeOid: before ?? NOWHERE,
        afterOid: after ?? NOWHERE,
        force: true,
    }));
    try {
        await (0,client/* graphql */.UG)(api, UPDATE_REFS, { input: { repositoryId: found.repository.id, refUpdates } }, purpose);
    }
    catch (error) {
        // How it says that a branch was elsewhere is written down nowhere: looking again tells.
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
/** Removes a branch, wherever it is. */
async function deleteBranch(target, branch) {
    const request = { method: 'DELETE', path: `/git/refs/heads/${inPath(branch)}` };
    await askRepository(target, request, { what: `removing the branch ${branch}`, needs: 'contents: write' });
}

// EXTERNAL MODULE: ./src/publish/tries.ts
var tries = __webpack_require__(2962);
;// CONCATENATED MODULE: ./src/publish/pull-request.ts







/**
 * Sees to it that one pull request holds what has to change on the checked-out branch: opened, brought up to date, or
 * closed when nothing is left. Its branch always is that branch's head and one commit.
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
        const head = await headOf(target, branch);
        const state = await readBranch(target, base, head);
        const open = await openPullRequest(target, branch);
        if (proposal.files.length === 0)
            return pull_request_close(target, branch, head, state, open);
        if (state.mine === undefined)
            throw new Error(foreignCommits(branch, state.other));
        const upToDate = state.current && head !== undefined && state.mine === checksum(proposal.files);
        const commit = upToDate
            ? { sha: head, author: '' }
            : await rebuild(target, branch, base, head, markedMessage(message, proposal.files), proposal);
        const url = await show(target, branch, message, pullRequestBody(proposal.report), open);
        return { url, commit, notes: [] };
    });
}
function foreignCommits(branch, other) {
    return `the branch ${branch} has a commit of somebody else (${other}) and was left as it is: merge or close its pull request and delete the branch, or set the input branch to another name`;
}
async function readBranch(target, base, head) {
    if (head === undefined || head === base)
        return { mine: '', current: true };
    const comparison = await askRepository(target, { method: 'GET', path: `/compare/${base}...${head}` }, { what: 'comparing the branch of the pull request', needs: 'contents: read' });
    return { ...ownerOf(comparison), current: (0,json/* ownValue */.eC)(comparison, 'behind_by') === 0 };
}
/**
 * Makes the branch anew on the base's head. The commit is made on a branch beside it, which then takes its place in
 * one step: a pull request whose branch holds nothing, even for a moment, is closed by GitHub.
 */
async function rebuild(target, branch, base, head, message, { files }) {
    const beside = `${branch}-${(0,external_node_crypto_.randomUUID)().slice(0, 8)}`;
    try {
        await updateBranches(target, [{ branch: beside, before: undefined, after: base }]);
        const commit = await createCommit(target, beside, base, message, files);
        await updateBranches(target, [
            { branch, before: head, after: commit.sha },
            { branch: beside, before: commit.sha, after: undefined },
        ]);
        return commit;
    }
    catch (error) {
        // Whatever it holds by now, and if it can't be removed, the failure that counts is the other one.
        await deleteBranch(target, beside).catch(() => undefined);
        throw error;
    }
}
/** The open pull request from this branch into the checked-out one. */
async function openPullRequest(target, branch) {
    const owner = target.repository.split('/')[0] ?? '';
    const query = new URLSearchParams({ state: 'open', head: `${owner}:${branch}`, base: target.branch });
    const list = await askRepository(target, { method: 'GET', path: `/pulls?${query.toString()}` }, { what: 'looking for the pull request', needs: 'pull-requests: read' });
    return Array.isArray(list) && list.length > 0 ? readPullRequest(list[0]) : undefined;
}
function readPullRequest(value) {
    const number = (0,json/* ownValue */.eC)(value, 'number');
    const url = (0,json/* stringAt */.bX)(value, 'html_url');
    if (typeof number !== 'number' || url === undefined)
        throw new Error('GitHub’s answer about the pull request has no number or address');
    return { number, url, body: (0,json/* stringAt */.bX)(value, 'body') ?? '' };
}
/** Opens the pull request, or brings its text up to date. Its title is a maintainer's to change. */
async function show(target, branch, message, body, open) {
    const needs = 'pull-requests: write';
    if (open) {
        // GitHub gives line ends of its own to what it stores.
        if (open.body.replaceAll('\r\n', '\n').trim() !== body.trim())
            await askRepository(target, { method: 'PATCH', path: `/pulls/${open.number}`, body: { body } }, { what: `updating pull request #${open.number}`, needs });
        return open.url;
    }
    const purpose = { what: `opening a pull request from ${branch}`, needs };
    const title = splitMessage(message).headline;
    try {
        const request = { title, body, head: branch, base: target.branch };
        const created = await askRepository(target, { method: 'POST', path: '/pulls', body: request }, purpose);
        return readPullRequest(created).url;
    }
    catch (error) {
        // Another run was quicker: it is there to be found.
        if (error instanceof client/* ApiError */.hD && /already exists/i.test(error.fault.message))
            throw new client/* ApiError */.hD(purpose, { ...error.fault, kind: 'stale' });
        throw error;
    }
}
/** Nothing is left to do: the pull request goes, and its branch with it unless somebody else has commits there. */
async function pull_request_close(target, branch, head, state, open) {
    if (state.mine === undefined)
        return { notes: [`Nothing is left to change, and ${foreignCommits(branch, state.other)}.`] };
    if (open)
        await askRepository(target, { method: 'PATCH', path: `/pulls/${open.number}`, body: { state: 'closed' } }, { what: `closing pull request #${open.number}`, needs: 'pull-requests: write' });
    // One without a commit of this action may be anybody's.
    if (state.mine !== '')
        await updateBranches(target, [{ branch, before: head, after: undefined }]);
    const closed = open ? [`Pull request #${open.number} was closed: nothing is left to change.`] : [];
    return { notes: closed };
}

;// CONCATENATED MODULE: ./src/publish/push.ts


/**
 * Puts one commit on the checked-out branch. When the branch moves meanwhile, it is computed anew on the new head.
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
            // The answer to the last try may have been lost, and not the try.
            const found = await readCommitOf(target, head);
            const isOwn = found.parent === attempt.head && found.headline === splitMessage(message).headline;
            return isOwn ? { commit: { sha: head, author: '' }, ...attempt } : undefined;
        }
        attempt = { head, local };
        return { commit: await createCommit(target, branch, head, message, files), head, local };
    });
}

;// CONCATENATED MODULE: ./src/publish/publish.ts




/**
 * Takes the edits of this run to GitHub as `commit` says, and writes into its report what became of them.
 * @returns the commit that holds just the checked-out one and the working tree's changes, where one was made
 * @throws when what was asked for can't be done
 */
async function publish(target, run, patience) {
    const { inputs, report } = run;
    const { commit, message } = inputs.publish;
    if ((0,report_report/* hasFailingFindings */.PS)(report, inputs.failOn)) {
        report.notes.push(`Nothing was published (commit: ${commit}): mend the findings first.`);
        return undefined;
    }
    if (inputs.dryRun) {
        report.notes.push(describePublishing(target, inputs, report));
        return undefined;
    }
    const propose = proposals(target, run);
    if (commit === 'pull-request') {
        const published = await publishPullRequest(target, inputs, propose, patience);
        report.notes.push(...published.notes);
        if (published.url !== undefined)
            report.pullRequestUrl = published.url;
        if (published.commit)
            tell(report, published.commit);
        return undefined;
    }
    if (report.changes.length === 0)
        return undefined;
    const pushed = await push(target, message, propose, patience);
    if (!pushed) {
        report.notes.push(`Nothing was committed: the branch ${target.branch} has these changes already.`);
        return undefined;
    }
    if (!pushed.local)
        report.notes.push(`The commit was computed on ${pushed.head.slice(0, 12)}, where the branch ${target.branch} is, and not on what is checked out (${target.head.slice(0, 12)}${target.clean ? '' : ', with changes that are in no commit'}).`);
    tell(report, pushed.commit);
    return pushed.local ? pushed.commit.sha : undefined;
}
/** The name under which the token of the workflow itself commits. */
const WORKFLOW_AUTHOR = 'github-actions[bot]';
function tell(report, { sha, author }) {
    report.commitSha = sha;
    if (author === WORKFLOW_AUTHOR)
        report.notes.push('The commit was made with the workflow’s own token, and such a commit starts no workflows. If they should run on it, hand github-token the token of a GitHub App, or a personal access token.');
}
/** What would be published, for a dry run. */
function describePublishing({ branch: into }, { publish: { commit, branch } }, report) {
    const files = [...new Set(report.changes.map(({ file }) => file))].join(', ');
    if (files === '')
        return `Dry run: there is nothing to commit to ${into}.`;
    return commit === 'push'
        ? `Dry run: would commit ${files} to the branch ${into}.`
        : `Dry run: would open or update the pull request from ${branch} into ${into}, with ${files}.`;
}


/***/ }),

/***/ 2455:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  iD: () => (/* binding */ checkedOutBranch),
  vO: () => (/* binding */ placeInRepository),
  DP: () => (/* binding */ uncommittedChanges),
  j9: () => (/* binding */ withCheckout)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./src/lib/command.ts
var command = __webpack_require__(946);
// EXTERNAL MODULE: ./src/lib/temporary.ts
var temporary = __webpack_require__(1192);
// EXTERNAL MODULE: ./src/publish/client.ts
var client = __webpack_require__(9864);
;// CONCATENATED MODULE: ./src/publish/credential.ts
/** The token as git sends it: it must be masked in logs as the token itself is. */
function basicCredential(token) {
    return Buffer.from(`x-access-token:${token}`).toString('base64');
}

// EXTERNAL MODULE: ./src/publish/faults.ts
var faults = __webpack_require__(7502);
;// CONCATENATED MODULE: ./src/publish/tree.ts








const GIT_SECONDS = 60;
const FETCH_SECONDS = 600;
function git(directory, args, env = {}) {
    // The runner's checkout may belong to another user than the one this runs as.
    return (0,command/* runCommand */.d)('git', ['-c', 'safe.directory=*', '-C', directory, ...args], {
        env,
        timeoutSeconds: GIT_SECONDS,
    });
}
/** The branch that is checked out; `undefined` where HEAD is detached. */
async function checkedOutBranch(root) {
    try {
        // A short name would be `heads/main` where a tag has the branch's name, too.
        const ref = await git(root, ['symbolic-ref', '--quiet', 'HEAD']);
        return ref.replace(/^refs\/heads\//, '');
    }
    catch (error) {
        if (error instanceof command/* CommandError */.Q)
            return undefined;
        throw error;
    }
}
/** Where `root` stands in its git repository: empty, or with a slash at its end. */
function placeInRepository(root) {
    return git(root, ['rev-parse', '--show-prefix']);
}
/**
 * What a commit of everything below `root` would change, as git itself sees it. The repository's own index and objects
 * stay as they are.
 * @throws when a change is one that GitHub's API can't commit
 */
async function uncommittedChanges(root) {
    return (0,temporary/* withTemporaryDirectory */.n)(async (directory) => {
        const asked = ['--show-toplevel', '--git-path', 'objects', '--git-path', 'index'];
        const answers = await git(root, ['rev-parse', '--path-format=absolute', ...asked]);
        const [top = '', objects = '', index = ''] = answers.split('\n');
        const env = {
            GIT_INDEX_FILE: (0,external_node_path_.join)(directory, 'index'),
            GIT_OBJECT_DIRECTORY: (0,external_node_path_.join)(directory, 'objects'),
            GIT_ALTERNATE_OBJECT_DIRECTORIES: objects,
        };
        (0,external_node_fs_.mkdirSync)(env.GIT_OBJECT_DIRECTORY);
        if ((0,external_node_fs_.existsSync)(index))
            (0,external_node_fs_.copyFileSync)(index, env.GIT_INDEX_FILE);
        await git(root, ['add', '--all', '--', '.'], env);
        const raw = await git(root, ['diff-index', '--cached', '--raw', '-z', '--no-renames', 'HEAD', '--', '.'], env);
        return changesOfRaw(raw).map((change) => withContents(top, change));
    });
}
function changesOfRaw(raw) {
    const parts = raw.split('\0').filter((part) => part !== '');
    const changes = [];
    for (let index = 0; index + 1 < parts.length; index += 2) {
        const [, mode = '', , oid = '', status = ''] = (parts[index] ?? '').split(' ');
        changes.push({ path: parts[index + 1] ?? '', mode, oid, deleted: status === 'D' });
    }
    return changes;
}
function withContents(top, { path, mode, oid, deleted }) {
    if (deleted)
        return { path, oid: undefined };
    // The API writes every file with this mode.
    if (mode !== '100644')
        throw new Error(`${path} has the mode ${mode}, which GitHub’s API can’t write: ${mode === '100755' ? `take it away with \`git update-index --chmod=-x ${path}\`, or commit` : 'commit'} the edits yourself (\`commit: none\`)`);
    const bytes = (0,external_node_fs_.readFileSync)((0,external_node_path_.join)(top, path));
    const contents = [bytes, Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1')].find((each) => blobId(each, oid.length) === oid);
    if (!contents)
        throw new Error(`${path} is stored by git in another form than it is checked out (a filter in .gitattributes): commit the edits yourself (\`commit: none\`)`);
    return { path, oid, contents: contents.toString('base64') };
}
/** The id that git gives to a file of these bytes. */
function blobId(bytes, length) {
    return (0,external_node_crypto_.createHash)(length === 64 ? 'sha256' : 'sha1')
        .update(`blob ${bytes.length}\0`)
        .update(bytes)
        .digest('hex');
}
/**
 * Gives `work` a checkout of one commit in a directory of its own, fetched without its history. The repository that
 * the run works in has no part in it.
 * @param source the address of the repository, and a token for it; neither becomes an argument of a command
 * @throws {ApiError} when it can't be fetched
 */
async function withCheckout(source, sha, work) {
    return (0,temporary/* withTemporaryDirectory */.n)(async (temporary) => {
        const directory = (0,external_node_path_.join)((0,external_node_fs_.realpathSync)(temporary), 'repository');
        const what = `${sha.slice(0, 12)} with git`;
        await git(temporary, ['init', '--quiet', '--template=', directory]);
        try {
            await (0,command/* runCommand */.d)('git', ['-C', directory, 'fetch', '--quiet', '--depth=1', '--no-tags', 'origin', sha], { env: fetchEnvironment(source), timeoutSeconds: FETCH_SECONDS });
        }
        catch (error) {
            if (!(error instanceof command/* CommandError */.Q))
                throw error;
            const fault = (0,faults/* faultOfFetch */.QK)(error.lastLines, error.outcome);
            throw new client/* ApiError */.hD({ what: `fetching ${what}`, needs: 'contents: read' }, fault);
        }
        try {
            // What git-lfs keeps elsewhere is no text that a registration could be in.
            await git(directory, ['checkout', '--quiet', '--detach', sha], { GIT_LFS_SKIP_SMUDGE: '1' });
        }
        catch (error) {
            if (!(error instanceof command/* CommandError */.Q))
                throw error;
            // Nothing is asked over the network any more: it would fail again.
            throw new Error(`checking out ${what} failed: ${error.lastLines.at(-1) ?? error.outcome}`, {
                cause: error,
            });
        }
        return work(directory);
    });
}
/** Settings that only this one command of git sees. */
function fetchEnvironment({ url, token }) {
    const header = `http.${new URL(url).origin}/.extraheader`;
    const settings = [
        ['remote.origin.url', url],
        // A header that the machine's settings have would be sent beside this one.
        [header, ''],
        [header, `AUTHORIZATION: basic ${basicCredential(token)}`],
        ['credential.helper', ''],
        ['core.hooksPath', '/dev/null'],
        ['maintenance.auto', 'false'],
    ];
    return {
        GIT_TERMINAL_PROMPT: '0',
        // Nor is anybody asked in a window; and what git says is read (faultOfFetch).
        GIT_ASKPASS: '',
        LC_ALL: 'C',
        GIT_CONFIG_COUNT: String(settings.length),
        ...Object.fromEntries(settings.flatMap(([key, value], index) => [
            [`GIT_CONFIG_KEY_${index}`, key],
            [`GIT_CONFIG_VALUE_${index}`, value],
        ])),
    };
}


/***/ }),

/***/ 2962:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ inTries)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8500);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_timers_promises__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _client_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9864);
/* harmony import */ var _faults_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7502);



/**
 * Does `work`, and again after a failure that passes (see POLICY). `work` reads how things stand each time anew and
 * goes on from there, so that a try whose answer was lost does no harm.
 * @throws what the last try threw; after several tries it says how many
 */
async function inTries({ wait = node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout, log }, work) {
    for (let tried = 1;; tried++) {
        try {
            return await work();
        }
        catch (error) {
            const delay = error instanceof _client_js__WEBPACK_IMPORTED_MODULE_1__/* .ApiError */ .hD ? (0,_faults_js__WEBPACK_IMPORTED_MODULE_2__/* .delayBefore */ .Lw)(error.fault, tried, Math.random()) : undefined;
            if (delay === undefined) {
                if (tried === 1 || !(error instanceof Error))
                    throw error;
                throw new Error(`${error.message} (try ${tried} of ${_faults_js__WEBPACK_IMPORTED_MODULE_2__/* .TRIES */ .Qm})`, { cause: error });
            }
            log(`${error.message}; trying again in ${(delay / 1000).toFixed(1)} s (try ${tried} of ${_faults_js__WEBPACK_IMPORTED_MODULE_2__/* .TRIES */ .Qm})`);
            await wait(delay);
        }
    }
}


/***/ })

};
