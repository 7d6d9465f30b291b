export const id = 2;
export const ids = [2];
export const modules = {

/***/ 7571:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   He: () => (/* binding */ whyNoBase),
/* harmony export */   _l: () => (/* binding */ baseSince),
/* harmony export */   o1: () => (/* binding */ withBaseTree),
/* harmony export */   pr: () => (/* binding */ baseOfPullRequest)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _lib_command_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5908);
/* harmony import */ var _lib_git_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9779);
/* harmony import */ var _lib_temporary_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4248);
/* harmony import */ var _lib_wording_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(1067);






/** The size limit of files of plugins (lib/files.ts). */
const MAX_BYTES = 4 * 1024 * 1024;
/** The files that the reading of a plugin opens: no bundles, images or documents, unless they are named. */
const READ = /\.(?:[cm]?[jt]sx?|json|ya?ml)$/;
/**
 * Returns the commit to compare with for a revision that a person named: where the checked-out branch left it.
 * @param revision a branch, tag or commit
 */
async function baseSince(root, revision) {
    const named = await (0,_lib_git_js__WEBPACK_IMPORTED_MODULE_3__/* .commitNamed */ .vj)(root, revision);
    if (named === undefined)
        return { unknown: `${JSON.stringify(revision)} names no commit of this clone` };
    return { commit: (await (0,_lib_git_js__WEBPACK_IMPORTED_MODULE_3__/* .mergeBase */ .wu)(root, 'HEAD', named)) ?? named };
}
/**
 * Returns the commit to compare a pull request with: where its branch left the base branch, so that later changes of the
 * base are no difference. Only the checkout is read; nothing is fetched.
 */
async function baseOfPullRequest(root, event, { number, baseSha }) {
    const head = (await (0,_lib_git_js__WEBPACK_IMPORTED_MODULE_3__/* .readCommit */ .kN)(root))?.sha;
    if (head === undefined)
        return { unknown: 'there is no git checkout' };
    // GitHub runs a pull request on a merge commit that it created; its first parent is the base branch.
    if (head === event.sha && event.ref === `refs/pull/${number}/merge`) {
        const [, base, topic] = await (0,_lib_git_js__WEBPACK_IMPORTED_MODULE_3__/* .commitsOf */ .g3)(root, head);
        return base !== undefined && topic !== undefined
            ? { commit: base }
            : { unknown: 'the base commit is not in this shallow clone: check out with `fetch-depth: 2`' };
    }
    if (!/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(baseSha))
        return { unknown: 'the event does not name the base commit' };
    const base = await (0,_lib_git_js__WEBPACK_IMPORTED_MODULE_3__/* .mergeBase */ .wu)(root, head, baseSha);
    if (base === undefined)
        return {
            unknown: (await (0,_lib_git_js__WEBPACK_IMPORTED_MODULE_3__/* .isShallow */ .fE)(root))
                ? `what ${baseSha} has in common with the checked-out commit is not in this shallow clone: check out with \`fetch-depth: 0\``
                : `${baseSha} has nothing in common with the checked-out commit`,
        };
    if (base === head)
        return {
            unknown: 'the checkout is part of the base branch, and does not hold the changes of the pull request',
        };
    return { commit: base };
}
/** The limit of what is written; more is no repository of Tailchat. */
const MAX_TOTAL_BYTES = 500_000_000;
const MAX_TOTAL_FILES = 50_000;
/**
 * Calls `work` with files of a commit. Git itself writes them, and refuses paths that lead out of the directory;
 * symbolic links are left out. The working tree and the index stay as they are.
 * @throws {CommandError} when git can't write them
 */
async function withBaseTree(root, { commit, roots, isWanted }, work) {
    return (0,_lib_temporary_js__WEBPACK_IMPORTED_MODULE_4__/* .withTemporaryDirectory */ .n)(async (temporary) => {
        const directory = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(temporary, 'tree');
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdirSync)(directory);
        const apart = {
            cwd: directory,
            workTree: directory,
            env: { GIT_INDEX_FILE: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(temporary, 'index') },
        };
        const list = await (0,_lib_git_js__WEBPACK_IMPORTED_MODULE_3__/* .git */ .$Y)(root, ['ls-tree', '-r', '-l', '-z', commit, '--', ...roots]);
        const left = [];
        const taken = [];
        let bytes = 0;
        for (const { mode, object, size, path } of entriesOf(list)) {
            if (!isWanted(path))
                continue;
            // Git does not write these, and does not say so.
            if (path.split('/').some((part) => /^(?:\.{0,2}|\.git)$/i.test(part)))
                left.push({ path, reason: 'has a name that no checkout takes' });
            else if (!mode.startsWith('100'))
                left.push({ path, reason: 'is a link' });
            else if (roots.length > 0 && !READ.test(path) && !roots.includes(path))
                continue;
            // Git shows no size for a file that a clone with a filter lacks.
            else if (Number.isNaN(size))
                throw new _lib_command_js__WEBPACK_IMPORTED_MODULE_2__/* .CommandError */ .Qd({
                    command: 'git',
                    exitCode: undefined,
                    lastLines: [],
                    outcome: `${path} is not in this clone`,
                });
            else if (size > MAX_BYTES)
                left.push({ path, reason: `has ${size} bytes` });
            else {
                taken.push(`${mode} ${object}\t${path}\0`);
                bytes += size;
                if (bytes > MAX_TOTAL_BYTES || taken.length > MAX_TOTAL_FILES)
                    throw new Error(`it has more than ${MAX_TOTAL_FILES} files or ${MAX_TOTAL_BYTES} bytes`);
            }
        }
        await (0,_lib_git_js__WEBPACK_IMPORTED_MODULE_3__/* .git */ .$Y)(root, ['update-index', '-z', '--index-info'], { ...apart, input: taken.join('') });
        await (0,_lib_git_js__WEBPACK_IMPORTED_MODULE_3__/* .git */ .$Y)(root, ['-c', 'core.symlinks=false', 'checkout-index', '--all', '--quiet'], apart);
        return work({ directory, left });
    });
}
function entriesOf(list) {
    return list.split('\0').flatMap((line) => {
        const [, mode, object, size, path] = /^(\d{6}) \w+ ([0-9a-f]+) +(\d+|-|BAD)\t([^]+)$/.exec(line) ?? [];
        if (mode === undefined || object === undefined || path === undefined)
            return [];
        return [{ mode, object, size: Number(size), path }];
    });
}
/** Returns in a clause why the base could not be read. */
function whyNoBase(error) {
    if (!(error instanceof _lib_command_js__WEBPACK_IMPORTED_MODULE_2__/* .CommandError */ .Qd))
        return `the base commit cannot be read: ${(0,_lib_wording_js__WEBPACK_IMPORTED_MODULE_5__/* .messageOf */ .bD)(error)}`;
    const line = error.lastLines.findLast((each) => each.trim() !== '') ?? error.outcome;
    return `git cannot give the files of the base commit (${line}): check out with \`fetch-depth: 0\` and without a filter`;
}


/***/ }),

/***/ 3893:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ markNew)
/* harmony export */ });
/**
 * Marks findings as new, or as there before. A finding was there when the base has one of the same rule, file and message;
 * lines move with every edit and don't count. Of several that are alike, as many are old as the base has.
 */
function markNew(found, before) {
    const old = new Map();
    for (const finding of before)
        old.set(keyOf(finding), (old.get(keyOf(finding)) ?? 0) + 1);
    return found.map((finding) => {
        const left = old.get(keyOf(finding)) ?? 0;
        if (left > 0)
            old.set(keyOf(finding), left - 1);
        return { ...finding, new: left === 0 };
    });
}
/** Messages may name lines too, as in `main.ts:12:3`. */
function keyOf({ rule, file, message }) {
    return JSON.stringify([rule, file, message.replace(/(\.\w+):\d+(?::\d+)?/g, '$1')]);
}


/***/ }),

/***/ 2:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   compareFindings: () => (/* binding */ compareFindings),
/* harmony export */   findBase: () => (/* binding */ findBase)
/* harmony export */ });
/* harmony import */ var _inputs_event_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2577);
/* harmony import */ var _privileges_base_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7571);
/* harmony import */ var _rules_new_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3893);
/* harmony import */ var _lib_wording_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1067);
/* harmony import */ var _check_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(207);





/** Returns the commit that this run compares with; `undefined` where the run is about no change. */
async function findBase({ surroundings: { root, event, since } }) {
    const change = (0,_inputs_event_js__WEBPACK_IMPORTED_MODULE_0__/* .changeOf */ .C2)(event);
    try {
        if (since !== undefined)
            return await (0,_privileges_base_js__WEBPACK_IMPORTED_MODULE_1__/* .baseSince */ ._l)(root, since);
        return change && (await (0,_privileges_base_js__WEBPACK_IMPORTED_MODULE_1__/* .baseOfPullRequest */ .pr)(root, event, change));
    }
    catch (error) {
        return { unknown: (0,_privileges_base_js__WEBPACK_IMPORTED_MODULE_1__/* .whyNoBase */ .He)(error) };
    }
}
/**
 * Checks the base commit too, and marks each finding as new or not. Where there is nothing to mark, the base is not read.
 * @returns the examination; where the base can't be read, it says so, and every finding counts as new
 */
async function compareFindings(run, examined, base) {
    if (examined.findings.open.length === 0)
        return examined;
    const unknown = (reason) => ({
        ...examined,
        notLookedAt: [...examined.notLookedAt, `the base, so all findings count as new (${reason})`],
    });
    if ('unknown' in base)
        return unknown(base.unknown);
    const { root } = examined.workspace;
    try {
        return await (0,_privileges_base_js__WEBPACK_IMPORTED_MODULE_1__/* .withBaseTree */ .o1)(root, { commit: base.commit, roots: [], isWanted: () => true }, async ({ directory, left }) => {
            const before = await findingsIn(run, directory);
            const open = (0,_rules_new_js__WEBPACK_IMPORTED_MODULE_3__/* .markNew */ ._)(examined.findings.open, before);
            run.record({ base: base.commit });
            const notRead = left.map(({ path, reason }) => `${path} of the base (it ${reason})`);
            return {
                ...examined,
                findings: { ...examined.findings, open },
                notLookedAt: [...examined.notLookedAt, ...(notRead.length > 0 ? [(0,_lib_wording_js__WEBPACK_IMPORTED_MODULE_4__/* .listed */ .KE)(notRead, 5)] : [])],
            };
        });
    }
    catch (error) {
        return unknown((0,_privileges_base_js__WEBPACK_IMPORTED_MODULE_1__/* .whyNoBase */ .He)(error));
    }
}
/** Returns what `check` finds in another directory, without a word in the report. */
async function findingsIn(run, root) {
    const { declarations } = run.inputs;
    const before = await (0,_check_js__WEBPACK_IMPORTED_MODULE_2__/* .check */ .z6)({
        inputs: { ...run.inputs, declarations: { ...declarations, required: false } },
        surroundings: { ...run.surroundings, root, log: () => undefined },
        record: () => undefined,
        stage: async (_name, work) => work(),
    });
    return before.findings.open;
}


/***/ })

};
