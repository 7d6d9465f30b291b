export const id = 559;
export const ids = [559];
export const modules = {

/***/ 9348:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   hD: () => (/* binding */ ApiError),
/* harmony export */   jQ: () => (/* binding */ askGraphql),
/* harmony export */   kA: () => (/* binding */ ask)
/* harmony export */ });
/* unused harmony export TIME_LIMIT_SECONDS */
/* harmony import */ var node_util_types__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3429);
/* harmony import */ var _faults_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3566);


/** A request that GitHub refused, or that got no answer; without an answer, GitHub may have carried it out. */
class ApiError extends Error {
    fault;
    constructor({ what, needs }, fault) {
        super((0,_faults_js__WEBPACK_IMPORTED_MODULE_1__/* .describeFault */ .Qx)(what, fault, needs));
        this.fault = fault;
        this.name = 'ApiError';
    }
}
/** The time limit of one request, from connecting to the last byte of the answer. */
const TIME_LIMIT_SECONDS = 30;
/**
 * Sends one request to GitHub's API, once. `inTries` repeats the whole of reading and writing; repeating a single
 * request would break that.
 * @param send makes the request, such as `({ rest }) => rest.pulls.list({ … })`
 * @returns what GitHub answers
 * @throws {ApiError} when GitHub refuses, or there is no answer
 */
async function ask(api, purpose, send) {
    const signal = AbortSignal.timeout((api.timeLimitSeconds ?? TIME_LIMIT_SECONDS) * 1000);
    const client = await connect(api, signal);
    const received = await send(client).catch((error) => {
        const refused = refusalOf(error);
        if (refused)
            return refused;
        throw new ApiError(purpose, (0,_faults_js__WEBPACK_IMPORTED_MODULE_1__/* .faultOfConnection */ .IW)(error instanceof Error ? (error.cause ?? error) : error));
    });
    // An answer that is cut off by the time limit looks like one that is not JSON.
    if (signal.aborted)
        throw new ApiError(purpose, (0,_faults_js__WEBPACK_IMPORTED_MODULE_1__/* .faultOfConnection */ .IW)(signal.reason));
    const fault = (0,_faults_js__WEBPACK_IMPORTED_MODULE_1__/* .faultOf */ .Kl)(answerOf(received), Date.now());
    if (fault)
        throw new ApiError(purpose, fault);
    return received.data;
}
/**
 * Sends one request to the GraphQL API, once.
 * @returns its `data`
 * @throws {ApiError} also when GitHub answers 200 with errors
 */
async function askGraphql(api, purpose, { query, variables }) {
    const { data } = await ask(api, purpose, ({ request }) => request({ method: 'POST', url: api.graphql, query, variables }));
    return data;
}
/**
 * Creates a client that obeys the proxy settings of the environment. The library is loaded here, since most runs never
 * need it.
 */
async function connect({ rest, token }, signal) {
    const { getOctokit } = await __webpack_require__.e(/* import() */ 413).then(__webpack_require__.bind(__webpack_require__, 2413));
    const silent = () => undefined;
    const client = getOctokit(token, {
        baseUrl: rest,
        userAgent: 'tailchat-plugin-deploy',
        // It would warn about requests that GitHub is going to remove, which a user can't change.
        log: { debug: silent, info: silent, warn: silent, error: silent },
    });
    client.hook.before('request', (options) => {
        options.headers['x-github-api-version'] = '2022-11-28';
        options.request = { ...options.request, signal };
    });
    return client;
}
/** Returns the answer of a request that failed with a status; `undefined` when there was no answer. */
function refusalOf(error) {
    return error instanceof Error ? error.response : undefined;
}
function answerOf({ status, headers, data }) {
    return {
        status,
        header: (name) => headers[name]?.toString() ?? null,
        // The client gives what is not JSON as text or as bytes.
        body: typeof data === 'string' || (0,node_util_types__WEBPACK_IMPORTED_MODULE_0__.isAnyArrayBuffer)(data) ? undefined : data,
    };
}


/***/ }),

/***/ 5559:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ye: () => (/* binding */ findDestination),
/* harmony export */   ir: () => (/* binding */ apiOf)
/* harmony export */ });
/* unused harmony exports repositoryOf, branchOf */
/* harmony import */ var _lib_git_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9779);
/* harmony import */ var _tree_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(563);


/**
 * Finds out where commits go, without asking over the network. Call it before anything is written.
 * @throws when there is no branch for a commit, with what to do
 */
async function findDestination(inputs, root, event) {
    const commit = await (0,_lib_git_js__WEBPACK_IMPORTED_MODULE_0__/* .readCommit */ .kN)(root);
    if (!commit)
        throw new Error(`commit: ${inputs.publish.commit} needs a git repository with a commit`);
    const url = repositoryOf(event, commit.url);
    const checkedOut = { sha: commit.sha, branch: await (0,_tree_js__WEBPACK_IMPORTED_MODULE_1__/* .checkedOutBranch */ .iD)(root) };
    const branch = branchOf(event, checkedOut, inputs.publish.commit);
    refuseDefaultBranch(inputs.publish, url === event.repositoryUrl ? event.defaultBranch : '', branch);
    return {
        api: { ...apiOf(event, url), token: inputs.publish.token },
        repository: new URL(url).pathname.slice(1),
        url,
        branch,
        place: await (0,_tree_js__WEBPACK_IMPORTED_MODULE_1__/* .placeInRepository */ .vO)(root),
        head: commit.sha,
        clean: (await (0,_lib_git_js__WEBPACK_IMPORTED_MODULE_0__/* .changedFiles */ .Y_)(root)).length === 0,
    };
}
/**
 * Keeps the default branch from being used as the branch of the pull request, which is moved and deleted.
 * @param defaultBranch the default branch of the repository; empty where it is unknown
 * @param checkedOut the branch that the pull request goes into: from a branch into itself there is none
 * @throws when the pull request would be made from the default branch
 */
function refuseDefaultBranch({ commit, branch }, defaultBranch, checkedOut) {
    if (commit === 'pull-request' && branch === defaultBranch && branch !== checkedOut)
        throw new Error(`branch: ${branch} is the repository’s default branch, and each run rebuilds the branch of the pull request: set \`branch\` to another name, such as tailchat-plugins/sync`);
}
/**
 * Returns the address of the checked-out repository, which may be another one than the workflow's.
 * @param origin the address of the remote that it was cloned from
 * @throws when neither address is known
 */
function repositoryOf(event, origin) {
    const here = event.repositoryUrl;
    if (origin !== undefined && (here === '' || new URL(origin).host === new URL(here).host))
        return origin;
    if (here !== '')
        return here;
    throw new Error('the repository on GitHub is not known: set GITHUB_REPOSITORY to owner/name, or add a remote called origin');
}
/**
 * Returns the addresses of the API of a repository.
 * @throws when they are unknown and it is not on github.com, since no other server may get the token
 */
function apiOf(event, url) {
    const { rest, graphql } = event.api;
    if (rest === '') {
        if (new URL(url).host === 'github.com')
            return { rest: 'https://api.github.com', graphql: graphql || 'https://api.github.com/graphql' };
        throw new Error(`${url} is not on github.com: set GITHUB_API_URL to the address of its API`);
    }
    // A GitHub Enterprise Server has them at /api/v3 and /api/graphql.
    return { rest, graphql: graphql || `${rest.replace(/\/v3$/, '')}/graphql` };
}
/**
 * Returns the checked-out branch; a workflow may also have checked out the head of a branch as a detached commit.
 * @param checkedOut the commit, and the branch unless HEAD is detached
 * @param commit the input
 * @throws when there is no branch, such as for a tag
 */
function branchOf(event, { sha, branch: checkedOut }, commit) {
    if (checkedOut !== undefined)
        return checkedOut;
    // A pull request is checked out as the merge that GitHub made: a commit goes to the branch of the pull request.
    if (event.pullRequest && event.name === 'pull_request' && event.pullRequest.headBranch !== '')
        return event.pullRequest.headBranch;
    const branch = /^refs\/heads\/(.+)$/.exec(event.ref)?.[1];
    if (branch !== undefined && sha === event.sha)
        return branch;
    throw new Error(`commit: ${commit} needs a branch, and ${event.ref.startsWith('refs/tags/') ? `the tag ${event.ref.slice('refs/tags/'.length)}` : `the commit ${sha.slice(0, 12)}`} is checked out: check out a branch (\`ref\` of actions/checkout), or set commit to none`);
}


/***/ }),

/***/ 3566:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   IW: () => (/* binding */ faultOfConnection),
/* harmony export */   Kl: () => (/* binding */ faultOf),
/* harmony export */   Lw: () => (/* binding */ delayBefore),
/* harmony export */   QK: () => (/* binding */ faultOfFetch),
/* harmony export */   Qm: () => (/* binding */ TRIES),
/* harmony export */   Qx: () => (/* binding */ describeFault)
/* harmony export */ });
/* unused harmony export POLICY */
/* harmony import */ var _formats_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6916);

/** Which failures are retried, and what a user is told to do. docs/publishing.md shows it as a table. */
const POLICY = {
    unauthorized: {
        shows: '401; `git fetch` says that the token was rejected',
        retried: false,
        advice: 'github-token is invalid or has expired: use another one',
    },
    forbidden: {
        shows: '403, to `git fetch` as well, or `FORBIDDEN` or `INSUFFICIENT_SCOPES` from GraphQL',
        retried: false,
        advice: 'github-token may not do this: give the job the permission in the message, or use another token',
    },
    'pull-requests-disabled': {
        shows: '403 that says GitHub Actions may not create pull requests',
        retried: false,
        advice: 'allow it in Settings, Actions, General, “Allow GitHub Actions to create and approve pull requests”, or use the token of a GitHub App',
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
        shows: '409, or `STALE_DATA` from GraphQL: the branch moved in the meantime',
        retried: true,
        advice: 'other commits keep arriving first: run again',
    },
    refused: { shows: '422 and every other refusal', retried: false },
    'rate-limit': {
        shows: '403 or 429 with nothing left of the hourly limit, or `RATE_LIMITED` from GraphQL',
        retried: true,
        advice: 'the token’s hourly limit is used up: run again later, or use a token for this action alone',
    },
    'secondary-rate-limit': {
        shows: '403 or 429 with `retry-after`, or that names a secondary rate limit',
        retried: true,
        advice: 'GitHub asks for fewer requests: run again later',
    },
    server: {
        shows: '500, 502, 503, 504, an answer that is not JSON, or a GraphQL error without a type',
        retried: true,
        advice: 'see https://www.githubstatus.com, and run again',
    },
    connection: {
        shows: 'no answer: the connection was reset or refused, or took longer than 30 s; `git fetch` failed otherwise',
        retried: true,
        advice: 'GitHub could not be reached: check the network and the proxy, and run again',
    },
};
/** The number of tries in all. */
const TRIES = 5;
/** The longest wait of a run: where GitHub asks for more, the run fails and says so. */
const LONGEST_WAIT_SECONDS = 120;
/**
 * Returns the failure that an answer reports; `undefined` for a success.
 * @param now milliseconds since 1970, for the time at which a limit is lifted
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
    return { kind: 'server', message: `the answer (HTTP ${status}) is not JSON` };
}
/** The wait when GitHub does not say how long. */
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
/** Reads the errors of a GraphQL answer, which has the status 200; each error has a type. */
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
    // An internal error of the server has no type.
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
/** Recognises a violated ruleset by its words, since it has no type. */
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
    return accepted ? `${message} (needed: ${accepted})` : message;
}
/**
 * Describes a request that got no answer.
 * @param error the thrown value; its cause, where it has one, tells more
 */
function faultOfConnection(error) {
    const cause = (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asObject */ .eB)((0,_formats_json_js__WEBPACK_IMPORTED_MODULE_0__/* .ownValue */ .eC)(error, 'cause')) ?? error;
    const code = (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_0__/* .stringAt */ .bX)(cause, 'code');
    const message = (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_0__/* .stringAt */ .bX)(cause, 'message') ?? String(cause);
    return { kind: 'connection', message: code && !message.includes(code) ? `${code}: ${message}` : message };
}
/**
 * Describes a `git fetch` that failed. Over HTTP, git reports the answer only in its output, which is English
 * (`LC_ALL=C`).
 * @param outcome how git ended, for when it printed nothing
 */
function faultOfFetch(lines, outcome) {
    const said = lines.join('\n');
    const kind = FETCH_KINDS.find(([words]) => words.test(said))?.[1] ?? 'connection';
    return { kind, message: lines.at(-1) ?? outcome };
}
const FETCH_KINDS = [
    // If the token is rejected, git would ask for another one, which it may not do here.
    [/Authentication failed|could not read (?:Username|Password)|returned error: 401/, 'unauthorized'],
    [/returned error: 403/, 'forbidden'],
    [/^fatal: repository .* not found/m, 'not-found'],
];
/**
 * Returns the wait before the next try, in milliseconds; `undefined` when there is no next try.
 * @param tried the number of tries so far
 * @param random from 0 up to 1: runs that collided once must not collide again
 */
function delayBefore({ kind, waitSeconds = 0 }, tried, random) {
    if (!POLICY[kind].retried || tried >= TRIES || waitSeconds > LONGEST_WAIT_SECONDS)
        return undefined;
    return Math.round(waitSeconds * 1000 + 2 ** (tried - 1) * 1000 * (0.5 + random));
}
/**
 * Returns a failure as one line: what failed, what GitHub says, what to do.
 * @param needs the permission that the request needs, such as `contents: write`
 */
function describeFault(what, { kind, message, waitSeconds }, needs) {
    const { advice } = POLICY[kind];
    const wait = waitSeconds !== undefined && waitSeconds > LONGEST_WAIT_SECONDS ? ` (in ${waitSeconds} s)` : '';
    const permission = kind === 'forbidden' || kind === 'not-found' ? ` (needed: ${needs})` : '';
    return `${what} failed: ${message}${advice === undefined ? '' : `; ${advice}${permission}${wait}`}`;
}


/***/ }),

/***/ 563:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


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
// EXTERNAL MODULE: ./.build/src/lib/command.js + 1 modules
var command = __webpack_require__(5908);
// EXTERNAL MODULE: ./.build/src/lib/git.js
var git = __webpack_require__(9779);
// EXTERNAL MODULE: ./.build/src/lib/temporary.js
var temporary = __webpack_require__(4248);
// EXTERNAL MODULE: ./.build/src/publish/client.js
var client = __webpack_require__(9348);
;// CONCATENATED MODULE: ./.build/src/publish/credential.js
/** Returns the token in the form that git sends, which must be masked in logs like the token itself. */
function basicCredential(token) {
    return Buffer.from(`x-access-token:${token}`).toString('base64');
}

// EXTERNAL MODULE: ./.build/src/publish/faults.js
var faults = __webpack_require__(3566);
;// CONCATENATED MODULE: ./.build/src/publish/tree.js









const FETCH_SECONDS = 600;
/** Returns the checked-out branch; `undefined` where HEAD is detached. */
async function checkedOutBranch(root) {
    try {
        // The short name is `heads/main` where a tag has the same name as the branch.
        const ref = await (0,git/* git */.$Y)(root, ['symbolic-ref', '--quiet', 'HEAD']);
        return ref.replace(/^refs\/heads\//, '');
    }
    catch (error) {
        if (error instanceof command/* CommandError */.Qd)
            return undefined;
        throw error;
    }
}
/** Returns the path of `root` in its git repository: empty, or with a slash at its end. */
function placeInRepository(root) {
    return (0,git/* git */.$Y)(root, ['rev-parse', '--show-prefix']);
}
/**
 * Returns the changes of everything below `root`, as git sees them. The repository's own index and objects stay as they
 * are.
 * @throws when GitHub's API can't commit a change
 */
async function uncommittedChanges(root) {
    return (0,temporary/* withTemporaryDirectory */.n)(async (directory) => {
        const repository = (0,git/* findRepository */.W1)(root);
        if (!repository)
            throw new Error('there is no git checkout');
        const index = (0,external_node_path_.join)(repository.directory, 'index');
        const env = {
            GIT_INDEX_FILE: (0,external_node_path_.join)(directory, 'index'),
            GIT_OBJECT_DIRECTORY: (0,external_node_path_.join)(directory, 'objects'),
            GIT_ALTERNATE_OBJECT_DIRECTORIES: (0,external_node_path_.join)(repository.common, 'objects'),
        };
        (0,external_node_fs_.mkdirSync)(env.GIT_OBJECT_DIRECTORY);
        if ((0,external_node_fs_.existsSync)(index))
            (0,external_node_fs_.copyFileSync)(index, env.GIT_INDEX_FILE);
        await (0,git/* git */.$Y)(root, ['add', '--all', '--', '.'], { env });
        const raw = await (0,git/* git */.$Y)(root, ['diff-index', '--cached', '--raw', '-z', '--no-renames', 'HEAD', '--', '.'], { env });
        return changesOfRaw(raw).map((change) => withContents(repository.top, change));
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
    // The API creates every file with this mode.
    if (mode !== '100644')
        throw new Error(`${path} has the mode ${mode}, which GitHub’s API can’t write: ${mode === '100755' ? `remove it with \`git update-index --chmod=-x ${path}\`, or commit` : 'commit'} the edits yourself (\`commit: none\`)`);
    const bytes = (0,external_node_fs_.readFileSync)((0,external_node_path_.join)(top, path));
    const contents = [bytes, Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1')].find((each) => blobId(each, oid.length) === oid);
    if (!contents)
        throw new Error(`git stores ${path} in another form than it checks it out (a filter in .gitattributes): commit the edits yourself (\`commit: none\`)`);
    return { path, oid, contents: contents.toString('base64') };
}
/** Returns the id that git gives to a file with this content. */
function blobId(bytes, length) {
    return (0,external_node_crypto_.createHash)(length === 64 ? 'sha256' : 'sha1')
        .update(`blob ${bytes.length}\0`)
        .update(bytes)
        .digest('hex');
}
/**
 * Calls `work` with a checkout of one commit in a temporary directory, fetched without its history. It does not use the
 * repository that the run works in.
 * @param source the address of the repository, and a token for it; neither becomes an argument of a command
 * @throws {ApiError} when it can't be fetched
 */
async function withCheckout(source, sha, work) {
    return (0,temporary/* withTemporaryDirectory */.n)(async (temporary) => {
        const directory = (0,external_node_path_.join)((0,external_node_fs_.realpathSync)(temporary), 'repository');
        const what = `${sha.slice(0, 12)} with git`;
        await (0,git/* createRepository */.vB)(directory);
        try {
            await (0,command/* runCommand */.d1)('git', 
            // The repository was created here: nothing in it is hostile.
            [`--git-dir=${(0,external_node_path_.join)(directory, '.git')}`, ...FETCH, 'origin', sha], { cwd: directory, env: fetchEnvironment(source), timeoutSeconds: FETCH_SECONDS });
        }
        catch (error) {
            if (!(error instanceof command/* CommandError */.Qd))
                throw error;
            const fault = (0,faults/* faultOfFetch */.QK)(error.lastLines, error.outcome);
            throw new client/* ApiError */.hD({ what: `fetching ${what}`, needs: 'contents: read' }, fault);
        }
        try {
            // No filter runs: the files that git-lfs keeps elsewhere hold no registrations.
            await (0,git/* git */.$Y)(directory, ['checkout', '--quiet', '--detach', sha]);
        }
        catch (error) {
            if (!(error instanceof command/* CommandError */.Qd))
                throw error;
            // This needs no network, so another try would fail again.
            throw new Error(`checking out ${what} failed: ${error.lastLines.at(-1) ?? error.outcome}`, {
                cause: error,
            });
        }
        return work(directory);
    });
}
const FETCH = ['fetch', '--quiet', '--depth=1', '--no-tags', '--no-recurse-submodules'];
/** Returns settings for this one git command; of the user's settings it keeps those about the network. */
function fetchEnvironment({ url, token, }) {
    const header = `http.${new URL(url).origin}/.extraheader`;
    const settings = [
        ['remote.origin.url', url],
        // Clears a header of the machine's settings, which git would send as well.
        [header, ''],
        [header, `AUTHORIZATION: basic ${basicCredential(token)}`],
        ['credential.helper', ''],
        ['core.hooksPath', '/dev/null'],
        ['maintenance.auto', 'false'],
        ['protocol.allow', 'never'],
        ['protocol.https.allow', 'always'],
        ['protocol.http.allow', 'always'],
    ];
    return {
        // faultOfFetch reads the output of git, in English.
        ...(0,git/* gitEnvironment */._K)(),
        // Git must not ask for a password in a window.
        GIT_ASKPASS: '',
        GIT_CONFIG_COUNT: String(settings.length),
        ...Object.fromEntries(settings.flatMap(([key, value], index) => [
            [`GIT_CONFIG_KEY_${index}`, key],
            [`GIT_CONFIG_VALUE_${index}`, value],
        ])),
    };
}


/***/ })

};
