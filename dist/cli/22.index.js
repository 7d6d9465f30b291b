export const id = 22;
export const ids = [22];
export const modules = {

/***/ 2022:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   comment: () => (/* binding */ comment)
/* harmony export */ });
/* harmony import */ var _report_summary_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4645);
/* harmony import */ var _client_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9348);
/* harmony import */ var _destination_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5559);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4516);
/* harmony import */ var _tries_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6902);
/* harmony import */ var _lib_wording_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1067);






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
}`;
const ADD_COMMENT = `mutation ($input: AddCommentInput!) {
  addComment(input: $input) { commentEdge { node { id } } }
}`;
const UPDATE_COMMENT = `mutation ($input: UpdateIssueCommentInput!) {
  updateIssueComment(input: $input) { issueComment { id } }
}`;
/**
 * Writes the report into this action's one comment on the pull request. A comment that can't be written does not fail
 * the run.
 * @returns notes for the report that say why there is no comment
 */
async function comment(inputs, report, { event, wait, log }) {
    const number = event.pullRequest?.number;
    if (number === undefined)
        return ['No comment was written: this run was not started by a pull request.'];
    if (inputs.dryRun)
        return [`Dry run: would comment on pull request #${number}.`];
    const mark = markOf(inputs.path);
    const body = `${mark}\n${(0,_report_summary_js__WEBPACK_IMPORTED_MODULE_0__/* .renderComment */ .wQ)(report, inputs)}`;
    try {
        const api = { ...(0,_destination_js__WEBPACK_IMPORTED_MODULE_2__/* .apiOf */ .ir)(event, event.repositoryUrl), token: inputs.publish.token };
        await (0,_tries_js__WEBPACK_IMPORTED_MODULE_3__/* .inTries */ .X)({ ...(wait && { wait }), log }, () => write(api, { repository: event.repository, number, mark, body }));
        return [];
    }
    catch (error) {
        return [`No comment was written: ${(0,_lib_wording_js__WEBPACK_IMPORTED_MODULE_4__/* .messageOf */ .bD)(error)}`];
    }
}
/** Returns the hidden first line that identifies the comment; a workflow with several checkouts has one for each. */
function markOf(path) {
    // An HTML comment ends at two hyphens.
    return `<!-- tailchat-plugins ${encodeURIComponent(path).replaceAll('-', '%2D')} -->`;
}
async function write(api, { repository, number, mark, body }) {
    const purpose = { what: `commenting on pull request #${number}`, needs: 'pull-requests: write' };
    const [owner, name] = repository.split('/');
    let before = null;
    for (;;) {
        const page = await (0,_client_js__WEBPACK_IMPORTED_MODULE_1__/* .askGraphql */ .jQ)(api, purpose, {
            query: COMMENTS,
            variables: { owner, name, number, before },
        });
        const { id: subjectId, comments } = page.repository.pullRequest;
        // Everyone can write the mark, so comments of other authors are left alone.
        const own = comments.nodes.find((each) => each.viewerDidAuthor && each.body.startsWith(mark));
        if (own) {
            if (!(0,_text_js__WEBPACK_IMPORTED_MODULE_5__/* .isSameText */ .c)(own.body, body))
                await (0,_client_js__WEBPACK_IMPORTED_MODULE_1__/* .askGraphql */ .jQ)(api, purpose, {
                    query: UPDATE_COMMENT,
                    variables: { input: { id: own.id, body } },
                });
            return;
        }
        if (!comments.pageInfo.hasPreviousPage) {
            await (0,_client_js__WEBPACK_IMPORTED_MODULE_1__/* .askGraphql */ .jQ)(api, purpose, { query: ADD_COMMENT, variables: { input: { subjectId, body } } });
            return;
        }
        before = comments.pageInfo.startCursor;
    }
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
