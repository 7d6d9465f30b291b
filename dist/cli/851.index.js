export const id = 851;
export const ids = [851];
export const modules = {

/***/ 851:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   linesAfter: () => (/* binding */ linesAfter),
/* harmony export */   review: () => (/* binding */ review)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _lib_wording_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(1067);
/* harmony import */ var _report_markdown_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4873);
/* harmony import */ var _client_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9348);
/* harmony import */ var _destination_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5559);
/* harmony import */ var _tree_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(563);
/* harmony import */ var _tries_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6902);







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
}`;
const ADD_REVIEW = `mutation ($input: AddPullRequestReviewInput!) {
  addPullRequestReview(input: $input) { pullRequestReview { id } }
}`;
const UPDATE_REVIEW = `mutation ($input: UpdatePullRequestReviewInput!) {
  updatePullRequestReview(input: $input) { pullRequestReview { id } }
}`;
const DELETE_COMMENT = `mutation ($input: DeletePullRequestReviewCommentInput!) {
  deletePullRequestReviewComment(input: $input) { pullRequestReview { id } }
}`;
/** More than a person goes through; the comment has all findings. */
const MAX_SUGGESTIONS = 20;
/** GitHub shows at most 3000 files of a pull request. */
const FILES_A_PAGE = 100;
const MAX_PAGES = 30;
/**
 * Puts what has one right answer on the pull request as suggestions that a click commits, in one review: where they
 * change, those of the earlier one are removed.
 * GitHub takes them only for lines that the pull request shows. A review that can't be written does not fail the run.
 * @returns notes for the report
 */
async function review(inputs, report, { root, event, wait, log }) {
    const number = event.pullRequest?.number;
    if (number === undefined || report.suggestions === undefined)
        return [];
    if (inputs.dryRun)
        return [`Dry run: would review pull request #${number}.`];
    try {
        const api = { ...(0,_destination_js__WEBPACK_IMPORTED_MODULE_3__/* .apiOf */ .ir)(event, event.repositoryUrl), token: inputs.publish.token };
        const place = await (0,_tree_js__WEBPACK_IMPORTED_MODULE_4__/* .placeInRepository */ .vO)(root);
        const all = report.suggestions.map((each) => ({ ...each, file: place + each.file }));
        const asked = { api, repository: event.repository, number, path: inputs.path, all };
        return await (0,_tries_js__WEBPACK_IMPORTED_MODULE_5__/* .inTries */ .X)({ ...(wait && { wait }), log }, () => write(asked));
    }
    catch (error) {
        return [`No suggestion was written: ${(0,_lib_wording_js__WEBPACK_IMPORTED_MODULE_6__/* .messageOf */ .bD)(error)}`];
    }
}
async function write({ api, repository, number, path, all }) {
    const purpose = { what: `reviewing pull request #${number}`, needs: 'pull-requests: write' };
    const [owner = '', name = ''] = repository.split('/');
    const shown = all.length === 0 ? new Map() : await shownLines(api, { owner, repo: name, number });
    const possible = all.filter((each) => isShown(each, shown));
    const chosen = possible.slice(0, MAX_SUGGESTIONS);
    const threads = chosen.map(threadOf);
    const begin = `<!-- tailchat-plugins suggestions ${encodeURIComponent(path).replaceAll('-', '%2D')} `;
    const mark = `${begin}${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(JSON.stringify(threads)).digest('hex').slice(0, 16)} -->`;
    const variables = { owner, name, number };
    const { repository: found } = await (0,_client_js__WEBPACK_IMPORTED_MODULE_2__/* .askGraphql */ .jQ)(api, purpose, { query: REVIEWS, variables });
    const { id: pullRequestId, headRefOid: commitOID, reviews } = found.pullRequest;
    // Everyone can write the mark, so reviews of other authors are left alone.
    const own = reviews.nodes.filter((each) => each.viewerDidAuthor && each.body.startsWith(begin));
    const left = all.length - chosen.length;
    const notes = left === 0
        ? []
        : [
            `${left === 1 ? 'A fix' : `${left} fixes`} could not be suggested on the pull request: its changes do not show the lines, or there are more than ${MAX_SUGGESTIONS}.`,
        ];
    if (own.some(({ body }) => body.startsWith(mark)))
        return notes;
    for (const { id, comments } of own) {
        if (comments.nodes.length === 0)
            continue;
        for (const comment of comments.nodes)
            await (0,_client_js__WEBPACK_IMPORTED_MODULE_2__/* .askGraphql */ .jQ)(api, purpose, { query: DELETE_COMMENT, variables: { input: { id: comment.id } } });
        const body = `${begin}old -->\nThese suggestions no longer fit, and were removed.`;
        await (0,_client_js__WEBPACK_IMPORTED_MODULE_2__/* .askGraphql */ .jQ)(api, purpose, {
            query: UPDATE_REVIEW,
            variables: { input: { pullRequestReviewId: id, body } },
        });
    }
    if (threads.length === 0)
        return notes;
    const body = `${mark}\n${(0,_lib_wording_js__WEBPACK_IMPORTED_MODULE_6__/* .plural */ .LS)(threads.length, 'finding')} of Tailchat plugins can be mended by committing a suggestion.`;
    const input = { pullRequestId, commitOID, event: 'COMMENT', body, threads };
    await (0,_client_js__WEBPACK_IMPORTED_MODULE_2__/* .askGraphql */ .jQ)(api, purpose, { query: ADD_REVIEW, variables: { input } });
    return notes;
}
async function shownLines(api, { owner, repo, number }) {
    const purpose = { what: `reading the changes of pull request #${number}`, needs: 'pull-requests: read' };
    const lines = new Map();
    for (let page = 1; page <= MAX_PAGES; page++) {
        const files = await (0,_client_js__WEBPACK_IMPORTED_MODULE_2__/* .ask */ .kA)(api, purpose, ({ rest }) => rest.pulls.listFiles({ owner, repo, pull_number: number, per_page: FILES_A_PAGE, page }));
        for (const { filename, patch } of files)
            if (patch !== undefined)
                lines.set(filename, linesAfter(patch));
        if (files.length < FILES_A_PAGE)
            break;
    }
    return lines;
}
/** Returns the lines of the changed file that a patch shows: number → text. */
function linesAfter(patch) {
    const lines = new Map();
    let next = 0;
    for (const line of patch.split('\n')) {
        const start = /^@@ -\d+(?:,\d+)? \+(\d+)/.exec(line)?.[1];
        if (start !== undefined)
            next = Number(start);
        else if (line.startsWith('+') || line.startsWith(' '))
            lines.set(next++, line.slice(1));
    }
    return lines;
}
/** Whether every line is there, as it was read here: a merge commit that was checked out may have them elsewhere. */
function isShown({ file, line, before }, shown) {
    const lines = shown.get(file);
    return before.every((text, index) => lines?.get(line + index) === text);
}
function threadOf({ file, line, before, after, rule, message }) {
    const last = line + before.length - 1;
    const fence = (0,_report_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .fenceAround */ .xF)(after);
    const text = (0,_report_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .escapeMarkdown */ .FV)(rule === undefined ? message : `${message} (${rule})`);
    return {
        path: file,
        line: last,
        side: 'RIGHT',
        ...(last !== line && { startLine: line, startSide: 'RIGHT' }),
        body: [text, '', `${fence}suggestion`, ...after, fence].join('\n'),
    };
}


/***/ }),

/***/ 6902:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ inTries)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8500);
/* harmony import */ var _client_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9348);
/* harmony import */ var _faults_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3566);



/**
 * Calls `work`, and again after a temporary failure (see POLICY). `work` reads the current state each time and goes on
 * from there, so that a try whose answer was lost does no harm.
 * @throws the error of the last try, with the number of tries
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
