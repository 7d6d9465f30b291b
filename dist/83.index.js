export const id = 83;
export const ids = [83];
export const modules = {

/***/ 1321:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   remove: () => (/* binding */ remove)
/* harmony export */ });
/* harmony import */ var _declarations_elsewhere_declare_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5788);
/* harmony import */ var _declarations_elsewhere_lock_file_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(8406);
/* harmony import */ var _declarations_elsewhere_tree_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2980);
/* harmony import */ var _lib_files_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5312);
/* harmony import */ var _lib_transaction_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1947);
/* harmony import */ var _report_report_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7154);
/* harmony import */ var _check_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(207);
/* harmony import */ var _vendor_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(5261);








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
    const locked = (0,_vendor_js__WEBPACK_IMPORTED_MODULE_6__/* .lockedPlugin */ .CA)(root, name);
    const { tree } = (0,_declarations_elsewhere_tree_js__WEBPACK_IMPORTED_MODULE_1__/* .readTree */ .Zc)(root, Object.keys(locked.directories));
    const { plan, changes } = await (0,_vendor_js__WEBPACK_IMPORTED_MODULE_6__/* .planFor */ .bJ)(state, name, { offer: 'hidden' });
    const { file } = declarations;
    const text = file === undefined ? undefined : (0,_lib_files_js__WEBPACK_IMPORTED_MODULE_2__/* .repositoryText */ .g_)(root, file);
    const forgotten = text === undefined ? undefined : (0,_declarations_elsewhere_declare_js__WEBPACK_IMPORTED_MODULE_0__/* .forgetPlugin */ .n)(text, name);
    const declared = file !== undefined && forgotten !== undefined && forgotten !== text ? [file] : [];
    const all = [
        ...Object.keys(locked.directories).map((directory) => ({ file: directory, summary: `remove ${name}` })),
        { file: _declarations_elsewhere_lock_file_js__WEBPACK_IMPORTED_MODULE_7__/* .LOCK_FILE */ .F, summary: `forget ${name}` },
        ...declared.map((each) => ({ file: each, summary: `remove the declaration of ${name}` })),
        ...changes,
    ];
    if (inputs.dryRun)
        return record({ changes: (0,_report_report_js__WEBPACK_IMPORTED_MODULE_4__/* .sortChanges */ .gQ)(all) });
    await (0,_lib_transaction_js__WEBPACK_IMPORTED_MODULE_3__/* .withTransaction */ .ro)(root, async (apply) => {
        apply([
            ...plan.edits.map(({ file: each, after }) => ({ file: each, after })),
            ...[...tree.keys()].map((each) => ({ file: each, after: undefined })),
            (0,_vendor_js__WEBPACK_IMPORTED_MODULE_6__/* .lockChange */ ._9)(root, name, undefined),
            ...declared.map((each) => ({ file: each, after: forgotten })),
        ]);
        const examined = await run.stage('check', () => (0,_check_js__WEBPACK_IMPORTED_MODULE_5__/* .check */ .z6)(run));
        record({ ...(0,_check_js__WEBPACK_IMPORTED_MODULE_5__/* .partOf */ .BU)((0,_vendor_js__WEBPACK_IMPORTED_MODULE_6__/* .about */ .Cv)(examined, name)), changes: (0,_report_report_js__WEBPACK_IMPORTED_MODULE_4__/* .sortChanges */ .gQ)(all) });
    });
    record({ applied: true });
}


/***/ })

};
