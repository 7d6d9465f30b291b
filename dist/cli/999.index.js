export const id = 999;
export const ids = [999,83,90];
export const modules = {

/***/ 7999:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   outdated: () => (/* binding */ outdated)
/* harmony export */ });
/* harmony import */ var _declarations_elsewhere_vendored_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5519);
/* harmony import */ var _stage_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9573);
/* harmony import */ var _check_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6107);
/* harmony import */ var _update_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2090);




/**
 * Says which plugins from elsewhere have a newer version; nothing is written.
 * @throws after all were asked, where one can't be
 */
async function outdated(run) {
    const { workspace } = await run.stage('check', () => (0,_check_js__WEBPACK_IMPORTED_MODULE_2__/* .check */ .z6)(run));
    const { outlooks, failures } = await run.stage('fetch', () => (0,_update_js__WEBPACK_IMPORTED_MODULE_3__.outlooksOf)(run, workspace.root));
    run.record({
        notes: outlooks.map(({ name, locked, newest, outdated: isOutdated, problem }) => problem === undefined
            ? `${name}: ${(0,_declarations_elsewhere_vendored_js__WEBPACK_IMPORTED_MODULE_0__/* .requested */ .lT)(locked)}${isOutdated ? ` -> ${newest}` : ', up to date'}`
            : `${name}: ${problem}`),
    });
    if (outlooks.length + failures.length === 0)
        run.record({ notes: ['No plugin is from elsewhere: there is no lock.'] });
    if (failures.length > 0)
        throw new _stage_js__WEBPACK_IMPORTED_MODULE_1__/* .StageError */ .Zu('outdated', failures.join('\n'));
}


/***/ }),

/***/ 1321:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   notLocked: () => (/* binding */ notLocked),
/* harmony export */   remove: () => (/* binding */ remove)
/* harmony export */ });
/* harmony import */ var _declarations_elsewhere_declare_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5788);
/* harmony import */ var _declarations_elsewhere_lock_file_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(8406);
/* harmony import */ var _declarations_elsewhere_tree_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2980);
/* harmony import */ var _lib_files_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5312);
/* harmony import */ var _lib_nearest_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(5785);
/* harmony import */ var _lib_transaction_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1947);
/* harmony import */ var _report_report_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7154);
/* harmony import */ var _check_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6107);
/* harmony import */ var _add_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(6068);
/* harmony import */ var _vendor_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(5261);










/**
 * Removes a plugin from elsewhere: its files, its entry in the lock, its declaration and its registrations; all of them,
 * or none.
 * @throws where the lock has no such plugin
 */
async function remove(run) {
    const { inputs, record } = run;
    const name = inputs.task.subject;
    const state = await run.stage('check', () => (0,_check_js__WEBPACK_IMPORTED_MODULE_5__/* .check */ .z6)(run));
    const { workspace, declarations } = state;
    const { root } = workspace;
    const locked = (0,_vendor_js__WEBPACK_IMPORTED_MODULE_7__/* .readLock */ .mF)(root).get(name);
    if (!locked)
        throw new Error(notLocked(root, name));
    const { tree } = (0,_declarations_elsewhere_tree_js__WEBPACK_IMPORTED_MODULE_1__/* .readTree */ .Zc)(root, Object.keys(locked.directories));
    const { plan, changes } = await (0,_vendor_js__WEBPACK_IMPORTED_MODULE_7__/* .planFor */ .bJ)(state, name, { offer: 'hidden' });
    const { file } = declarations;
    const text = file === undefined ? undefined : (0,_lib_files_js__WEBPACK_IMPORTED_MODULE_2__/* .repositoryText */ .g_)(root, file);
    const forgotten = text === undefined ? undefined : (0,_declarations_elsewhere_declare_js__WEBPACK_IMPORTED_MODULE_0__/* .forgetPlugin */ .n)(text, name);
    const declared = file !== undefined && forgotten !== undefined && forgotten !== text ? [file] : [];
    const all = [
        ...Object.keys(locked.directories).map((directory) => ({ file: directory, summary: `remove ${name}` })),
        { file: _declarations_elsewhere_lock_file_js__WEBPACK_IMPORTED_MODULE_8__/* .LOCK_FILE */ .F, summary: `forget ${name}` },
        ...declared.map((each) => ({ file: each, summary: `remove the declaration of ${name}` })),
        ...changes,
    ];
    if (inputs.dryRun)
        return record({ changes: (0,_report_report_js__WEBPACK_IMPORTED_MODULE_4__/* .sortChanges */ .gQ)(all) });
    await (0,_lib_transaction_js__WEBPACK_IMPORTED_MODULE_3__/* .withTransaction */ .ro)(root, async (apply) => {
        apply([
            ...plan.edits.map(({ file: each, after }) => ({ file: each, after })),
            ...[...tree.keys()].map((each) => ({ file: each, after: undefined })),
            (0,_vendor_js__WEBPACK_IMPORTED_MODULE_7__/* .lockChange */ ._9)(root, name, undefined),
            ...declared.map((each) => ({ file: each, after: forgotten })),
        ]);
        const examined = await run.stage('check', () => (0,_check_js__WEBPACK_IMPORTED_MODULE_5__/* .check */ .z6)(run));
        record({ ...(0,_check_js__WEBPACK_IMPORTED_MODULE_5__/* .partOf */ .BU)((0,_add_js__WEBPACK_IMPORTED_MODULE_6__.about)(examined, name)), changes: (0,_report_report_js__WEBPACK_IMPORTED_MODULE_4__/* .sortChanges */ .gQ)(all) });
    });
    record({ applied: true });
}
/** Says that the lock has no such plugin, and which it has. */
function notLocked(root, name) {
    const names = [...(0,_vendor_js__WEBPACK_IMPORTED_MODULE_7__/* .readLock */ .mF)(root).keys()];
    const near = (0,_lib_nearest_js__WEBPACK_IMPORTED_MODULE_9__/* .nearestPlugin */ .y)(name, names);
    if (names.length === 0)
        return `${name} is not from elsewhere: there is no plugin in ${_declarations_elsewhere_lock_file_js__WEBPACK_IMPORTED_MODULE_8__/* .LOCK_FILE */ .F}`;
    return `${_declarations_elsewhere_lock_file_js__WEBPACK_IMPORTED_MODULE_8__/* .LOCK_FILE */ .F} has no plugin ${name}${near === undefined ? `; it has ${names.join(', ')}` : `: did you mean ${near}?`}`;
}


/***/ }),

/***/ 2090:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  applyUpdate: () => (/* binding */ applyUpdate),
  outlooksOf: () => (/* binding */ outlooksOf),
  prepare: () => (/* binding */ prepare),
  summaryOf: () => (/* binding */ summaryOf),
  update: () => (/* binding */ update)
});

// EXTERNAL MODULE: ./.build/src/declarations/elsewhere/lock-file.js
var lock_file = __webpack_require__(8406);
// EXTERNAL MODULE: ./.build/src/lib/wording.js
var wording = __webpack_require__(1067);
// EXTERNAL MODULE: ./.build/src/declarations/elsewhere/fetch.js + 3 modules
var fetch = __webpack_require__(9912);
// EXTERNAL MODULE: ./.build/src/declarations/elsewhere/find.js
var find = __webpack_require__(2711);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./.build/src/lib/command.js + 1 modules
var command = __webpack_require__(5908);
// EXTERNAL MODULE: ./.build/src/lib/git.js
var git = __webpack_require__(9779);
// EXTERNAL MODULE: ./.build/src/lib/text.js
var lib_text = __webpack_require__(2184);
// EXTERNAL MODULE: ./.build/src/lib/temporary.js
var temporary = __webpack_require__(4248);
// EXTERNAL MODULE: ./.build/src/declarations/elsewhere/tree.js
var elsewhere_tree = __webpack_require__(2980);
;// CONCATENATED MODULE: ./.build/src/declarations/elsewhere/merge.js







/**
 * Merges what was changed here into a newer version, file by file, as git does.
 * @param base what both sides come from
 */
async function mergeTrees(base, ours, theirs) {
    const tree = new Map();
    const conflicts = [];
    const paths = [...new Set([...base.keys(), ...ours.keys(), ...theirs.keys()])].sort(lib_text/* compare */.UD);
    for (const path of paths) {
        const [old, our, their] = [base.get(path), ours.get(path), theirs.get(path)];
        const merged = isSame(our, old) ? their : isSame(their, old) || isSame(our, their) ? our : 'both';
        if (merged !== 'both') {
            if (merged)
                tree.set(path, merged);
            continue;
        }
        const text = old && our && their ? await mergeFile(old, our, their) : undefined;
        if (text)
            tree.set(path, text);
        else
            conflicts.push(path);
    }
    return { tree, conflicts };
}
function isSame(a, b) {
    return a && b ? (0,elsewhere_tree/* withLineFeeds */.gX)(a).equals((0,elsewhere_tree/* withLineFeeds */.gX)(b)) : a === b;
}
/** @returns `undefined` where it is in conflict, or no text */
async function mergeFile(base, ours, theirs) {
    return (0,temporary/* withTemporaryDirectory */.n)(async (directory) => {
        const write = (name, content) => {
            (0,external_node_fs_.writeFileSync)((0,external_node_path_.join)(directory, name), (0,elsewhere_tree/* withLineFeeds */.gX)(content));
            return name;
        };
        try {
            await (0,command/* runCommand */.d)('git', ['merge-file', write('ours', ours), write('base', base), write('theirs', theirs)], {
                cwd: directory,
                env: {
                    ...(0,git/* gitEnvironment */._K)(),
                    GIT_DIR: '/dev/null',
                    GIT_CONFIG_NOSYSTEM: '1',
                    GIT_CONFIG_GLOBAL: '/dev/null',
                },
                timeoutSeconds: 60,
            });
        }
        catch (error) {
            // The number of conflicts; 255 where it is no text.
            if (error instanceof command/* CommandError */.Q && error.exitCode !== undefined)
                return undefined;
            throw error;
        }
        return (0,external_node_fs_.readFileSync)((0,external_node_path_.join)(directory, 'ours'));
    });
}

// EXTERNAL MODULE: ./.build/src/declarations/elsewhere/vendored.js
var vendored = __webpack_require__(5519);
;// CONCATENATED MODULE: ./.build/src/declarations/elsewhere/update.js






/**
 * Finds out whether there is a newer version, without fetching it where the source can say so.
 * @throws where the source can't be asked
 */
async function outlookOf(name, locked, access) {
    const found = await (0,fetch/* newestOf */.su)(locked, access);
    if (!found)
        return withFetched(name, locked, access);
    const { source, label, commit, version, moved } = found;
    const outdated = commit === undefined ? version !== locked.version : commit !== locked.commit;
    const problem = moved &&
        `the tag ${moved.tag} of ${locked.source} led to ${locked.commit?.slice(0, 12)} and leads to ${moved.commit.slice(0, 12)} now: somebody moved it. Ask its author; if that is right, remove the plugin and add it`;
    return { name, locked, newest: label, outdated, source, ...(problem !== undefined && { problem }) };
}
/** A folder and an archive have no versions: they are compared as a whole. */
async function withFetched(name, locked, access) {
    const source = (0,fetch/* sourceOf */.vz)(locked);
    const outdated = await (0,fetch/* withSource */.g5)(source, access, async (snapshot) => {
        const { tree } = await (0,find/* takeFiles */.xU)(snapshot, await directoriesIn(snapshot, name, locked));
        return (0,elsewhere_tree/* hashOfTree */.u8)(await (0,vendored/* withoutIgnored */.fq)(access.root, tree)) !== locked.tree;
    });
    return { name, locked, newest: outdated ? 'changed' : 'as it is', outdated, source };
}
/** The plugin's directories in another version of its source: where they were, or wherever it is found. */
async function directoriesIn(snapshot, name, { source, directories }) {
    const isThere = Object.values(directories).every((there) => [...snapshot.files.keys()].some((path) => there === '' || path.startsWith(`${there}/`)));
    if (isThere)
        return directories;
    const parts = (await (0,find/* findPlugins */.UC)(snapshot, '')).find((plugin) => plugin.name === name)?.parts ?? [];
    const here = Object.keys(directories);
    if (parts.length !== here.length)
        throw new Error(`${source} holds no plugin ${name} any more`);
    // Parts and places are both in the order of their paths, frontend before backend.
    return Object.fromEntries(here.map((directory, index) => [directory, parts[index]?.directory ?? '']));
}
/**
 * Fetches the newest version, and merges into it what was changed here.
 * @param patched whether the declarations say that the files may differ
 * @throws where the files differ and may not, where a merge conflicts, and where the version can't be had
 */
async function prepareUpdate({ name, locked, source, problem }, access, patched) {
    if (problem !== undefined)
        throw new Error(problem);
    const { root } = access;
    const here = Object.keys(locked.directories);
    const { tree, links } = (0,elsewhere_tree/* readTree */.Zc)(root, here);
    if (links.length > 0)
        throw new Error(`${(0,wording/* listed */.KE)(links)}: a link is no file of a plugin: remove it`);
    if (tree.size === 0)
        throw new Error(`${here.join(' and ')} has no files: restore them with git`);
    const before = await (0,vendored/* withoutIgnored */.fq)(root, tree);
    const isModified = (0,elsewhere_tree/* hashOfTree */.u8)(tree) !== locked.tree && (0,elsewhere_tree/* hashOfTree */.u8)(before) !== locked.tree;
    if (isModified && !patched)
        throw new Error(`the files of ${name} are not those of ${(0,vendored/* requested */.lT)(locked)}, and an update would overwrite what was changed: restore them, or declare \`patched: REASON\``);
    const { theirs, to } = await (0,fetch/* withSource */.g5)(source, access, async (snapshot, resolved) => {
        const directories = await directoriesIn(snapshot, name, locked);
        const files = await (0,vendored/* withoutIgnored */.fq)(root, (await (0,find/* takeFiles */.xU)(snapshot, directories)).tree);
        return { theirs: files, to: await entryOf(snapshot, resolved, { directories, files }) };
    });
    if (!isModified)
        return { name, from: locked, to, before, after: theirs, merged: [] };
    const base = await (0,fetch/* withLocked */.B3)(locked, access, async (snapshot) => (0,vendored/* withoutIgnored */.fq)(root, (await (0,find/* takeFiles */.xU)(snapshot, locked.directories)).tree));
    if ((0,elsewhere_tree/* hashOfTree */.u8)(base) !== locked.tree)
        throw new Error(`what ${locked.source} gives for ${(0,vendored/* requested */.lT)(locked)} is not what the lock says: nothing was merged`);
    const { tree: after, conflicts } = await mergeTrees(base, before, theirs);
    if (conflicts.length > 0)
        throw new Error(`what was changed here and what changed there do not go together in ${(0,wording/* listed */.KE)(conflicts, 10)}: nothing was updated. Undo the change in these files, update, and make it once more`);
    const merged = [...after].filter(([path, content]) => theirs.get(path)?.equals(content) !== true);
    return { name, from: locked, to, before, after, merged: merged.map(([path]) => path) };
}
async function entryOf(snapshot, resolved, { directories, files }) {
    const license = await (0,find/* findLicence */.fh)(snapshot, Object.values(directories)[0] ?? '');
    // The digest is that of the source: what is merged in stays a change of ours.
    return {
        ...resolved,
        directories: { ...directories },
        tree: (0,elsewhere_tree/* hashOfTree */.u8)(files),
        ...(license !== undefined && { license }),
    };
}

// EXTERNAL MODULE: ./.build/src/lib/lists.js
var lists = __webpack_require__(3758);
// EXTERNAL MODULE: ./.build/src/lib/transaction.js
var transaction = __webpack_require__(1947);
// EXTERNAL MODULE: ./.build/src/report/report.js + 1 modules
var report = __webpack_require__(7154);
// EXTERNAL MODULE: ./.build/src/stages/add.js
var add = __webpack_require__(6068);
// EXTERNAL MODULE: ./.build/src/stages/check.js + 1 modules
var check = __webpack_require__(6107);
// EXTERNAL MODULE: ./.build/src/stages/remove.js
var remove = __webpack_require__(1321);
// EXTERNAL MODULE: ./.build/src/stages/stage.js
var stage = __webpack_require__(9573);
// EXTERNAL MODULE: ./.build/src/stages/vendor.js
var vendor = __webpack_require__(5261);
;// CONCATENATED MODULE: ./.build/src/stages/update.js












/**
 * Updates the plugins from elsewhere in the working tree, or the one that is named; each of them wholly or not at all.
 * @throws after all others were updated, where one can't be
 */
async function update(run) {
    const { inputs, record, surroundings } = run;
    const state = await run.stage('check', () => (0,check/* check */.z6)(run));
    const { root } = state.workspace;
    const { outlooks, failures } = await run.stage('fetch', () => outlooksOf(run, root));
    const due = outlooks.filter(({ outdated, problem }) => outdated || problem !== undefined);
    const changes = [];
    const notes = [];
    const found = [];
    for (const outlook of due) {
        try {
            const prepared = await run.stage('fetch', () => prepare(run, state, outlook));
            (0,lists/* append */.B)(changes, summaryOf(prepared));
            if (!inputs.dryRun) {
                const { examined, changes: more } = await applyUpdate(run, root, prepared);
                (0,lists/* append */.B)(changes, more);
                (0,lists/* append */.B)(found, (0,add.about)(examined, prepared.name).findings.open);
            }
            surroundings.log(`${prepared.name}: ${(0,vendored/* requested */.lT)(prepared.from)} -> ${(0,vendored/* requested */.lT)(prepared.to)}`);
            if (prepared.merged.length > 0)
                notes.push(`Changes of ours were merged into ${prepared.name}: ${prepared.merged.join(', ')}.`);
        }
        catch (error) {
            failures.push(`${outlook.name}: ${(0,wording/* messageOf */.bD)(error)}`);
        }
    }
    const current = outlooks.length - due.length;
    if (current > 0)
        notes.push(`${(0,wording/* plural */.LS)(current, 'plugin')} from elsewhere ${current === 1 ? 'is' : 'are'} up to date.`);
    record({
        ...(0,check/* partOf */.BU)(state),
        findings: found,
        changes: (0,report/* sortChanges */.gQ)(changes),
        applied: changes.length > 0 && !inputs.dryRun,
        notes,
    });
    if (failures.length > 0)
        throw new stage/* StageError */.Zu('update', failures.join('\n'));
}
/** Finds out for each plugin of the lock, or the one that is named, what its newest version is. */
async function outlooksOf(run, root) {
    const name = run.inputs.task.subject;
    const lock = (0,vendor/* readLock */.mF)(root);
    if (name !== '' && !lock.has(name))
        throw new Error((0,remove.notLocked)(root, name));
    const outlooks = [];
    const failures = [];
    for (const [each, locked] of lock) {
        if (name !== '' && each !== name)
            continue;
        try {
            outlooks.push(await outlookOf(each, locked, (0,vendor/* accessOf */.YK)(run, root)));
        }
        catch (error) {
            failures.push(`${each}: ${(0,wording/* messageOf */.bD)(error)}`);
        }
    }
    return { outlooks, failures };
}
/** Fetches a newer version; what was changed here goes into it where the declarations allow a change. */
function prepare(run, { declarations, workspace }, outlook) {
    const patched = declarations.plugins.get(outlook.name)?.patched !== undefined;
    return prepareUpdate(outlook, (0,vendor/* accessOf */.YK)(run, workspace.root), patched);
}
/** Puts a newer version in the place of what is there: files, lock, registrations and dependencies, or none of them. */
async function applyUpdate(run, root, { name, to, before, after }) {
    return (0,transaction/* withTransaction */.ro)(root, (apply) => {
        apply([...(0,vendor/* treeChanges */.CJ)(before, after), (0,vendor/* lockChange */._9)(root, name, to)]);
        return (0,vendor/* settle */.G9)(run, apply, { name, offers: false, refresh: true });
    });
}
/** What an update changes, as the report has it. */
function summaryOf({ name, from, to }) {
    const summary = `update ${name}: ${(0,vendored/* requested */.lT)(from)} to ${(0,vendored/* requested */.lT)(to)}`;
    return [
        ...Object.keys(to.directories).map((file) => ({ file, summary })),
        { file: lock_file/* LOCK_FILE */.F, summary: `lock ${name}` },
    ];
}


/***/ })

};
