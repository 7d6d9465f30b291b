export const id = 590;
export const ids = [590];
export const modules = {

/***/ 9590:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   applyUpdate: () => (/* binding */ applyUpdate),
/* harmony export */   prepare: () => (/* binding */ prepare),
/* harmony export */   summaryOf: () => (/* binding */ summaryOf),
/* harmony export */   update: () => (/* binding */ update)
/* harmony export */ });
/* harmony import */ var _declarations_elsewhere_lock_file_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(8406);
/* harmony import */ var _declarations_elsewhere_update_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(301);
/* harmony import */ var _declarations_elsewhere_vendored_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5519);
/* harmony import */ var _lib_lists_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(3758);
/* harmony import */ var _lib_wording_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(1067);
/* harmony import */ var _lib_transaction_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1947);
/* harmony import */ var _report_report_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7154);
/* harmony import */ var _check_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(207);
/* harmony import */ var _stage_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(9573);
/* harmony import */ var _vendor_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(5261);










/**
 * Updates the plugins from elsewhere in the working tree, or the one that is named; each of them wholly or not at all.
 * @throws after all others were updated, where one can't be
 */
async function update(run) {
    const { inputs, record, surroundings } = run;
    const state = await run.stage('check', () => (0,_check_js__WEBPACK_IMPORTED_MODULE_4__/* .check */ .z6)(run));
    const { root } = state.workspace;
    const { outlooks, failures } = await run.stage('fetch', () => (0,_vendor_js__WEBPACK_IMPORTED_MODULE_6__/* .outlooksOf */ .u2)(run, root));
    const due = outlooks.filter(({ outdated, problem }) => outdated || problem !== undefined);
    record({ elsewhere: { plugins: outlooks.length + failures.length, outdated: due.length } });
    const changes = [];
    const notes = [];
    const found = [];
    for (const outlook of due) {
        try {
            const prepared = await run.stage('fetch', () => prepare(run, state, outlook));
            (0,_lib_lists_js__WEBPACK_IMPORTED_MODULE_7__/* .append */ .B)(changes, summaryOf(prepared));
            if (!inputs.dryRun) {
                const { examined, changes: more } = await applyUpdate(run, root, prepared);
                (0,_lib_lists_js__WEBPACK_IMPORTED_MODULE_7__/* .append */ .B)(changes, more);
                (0,_lib_lists_js__WEBPACK_IMPORTED_MODULE_7__/* .append */ .B)(found, (0,_vendor_js__WEBPACK_IMPORTED_MODULE_6__/* .about */ .Cv)(examined, prepared.name).findings.open);
            }
            surroundings.log(`${prepared.name}: ${(0,_declarations_elsewhere_vendored_js__WEBPACK_IMPORTED_MODULE_1__/* .requested */ .lT)(prepared.from)} -> ${(0,_declarations_elsewhere_vendored_js__WEBPACK_IMPORTED_MODULE_1__/* .requested */ .lT)(prepared.to)}`);
            if (prepared.merged.length > 0)
                notes.push(`Local changes were merged into ${prepared.name}: ${prepared.merged.join(', ')}.`);
        }
        catch (error) {
            failures.push(`${outlook.name}: ${(0,_lib_wording_js__WEBPACK_IMPORTED_MODULE_8__/* .messageOf */ .bD)(error)}`);
        }
    }
    const current = outlooks.length - due.length;
    if (current > 0)
        notes.push(`${(0,_lib_wording_js__WEBPACK_IMPORTED_MODULE_8__/* .plural */ .LS)(current, 'plugin')} from elsewhere ${current === 1 ? 'is' : 'are'} up to date.`);
    record({
        ...(0,_check_js__WEBPACK_IMPORTED_MODULE_4__/* .partOf */ .BU)(state),
        findings: found,
        changes: (0,_report_report_js__WEBPACK_IMPORTED_MODULE_3__/* .sortChanges */ .gQ)(changes),
        applied: changes.length > 0 && !inputs.dryRun,
        notes,
    });
    if (failures.length > 0)
        throw new _stage_js__WEBPACK_IMPORTED_MODULE_5__/* .StageError */ .Zu('update', failures.join('\n'));
}
/** Fetches a newer version; what was changed here goes into it where the declarations allow a change. */
function prepare(run, { declarations, workspace }, outlook) {
    const patched = declarations.plugins.get(outlook.name)?.patched !== undefined;
    return (0,_declarations_elsewhere_update_js__WEBPACK_IMPORTED_MODULE_0__/* .prepareUpdate */ .V)(outlook, (0,_vendor_js__WEBPACK_IMPORTED_MODULE_6__/* .accessOf */ .YK)(run, workspace.root), patched);
}
/** Replaces a plugin with a newer version: files, lock, registrations and dependencies, or none of them. */
async function applyUpdate(run, root, { name, to, before, after }) {
    return (0,_lib_transaction_js__WEBPACK_IMPORTED_MODULE_2__/* .withTransaction */ .ro)(root, (apply) => {
        apply([...(0,_vendor_js__WEBPACK_IMPORTED_MODULE_6__/* .treeChanges */ .CJ)(before, after), (0,_vendor_js__WEBPACK_IMPORTED_MODULE_6__/* .lockChange */ ._9)(root, name, to)]);
        return (0,_vendor_js__WEBPACK_IMPORTED_MODULE_6__/* .settle */ .G9)(run, apply, { name, offers: false, refresh: true });
    });
}
/** What an update changes, as the report has it. */
function summaryOf({ name, from, to }) {
    const summary = `update ${name}: ${(0,_declarations_elsewhere_vendored_js__WEBPACK_IMPORTED_MODULE_1__/* .requested */ .lT)(from)} to ${(0,_declarations_elsewhere_vendored_js__WEBPACK_IMPORTED_MODULE_1__/* .requested */ .lT)(to)}`;
    return [
        ...Object.keys(to.directories).map((file) => ({ file, summary })),
        { file: _declarations_elsewhere_lock_file_js__WEBPACK_IMPORTED_MODULE_9__/* .LOCK_FILE */ .F, summary: `lock ${name}` },
    ];
}


/***/ })

};
