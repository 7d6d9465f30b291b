#!/usr/bin/env node
import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 4158:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {


/**
 * @license
 * Copyright 2020 Balena Ltd.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *    http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 *
 * ------------------------------------------------------------------------
 *
 * Copyright 2018 Zeit, Inc.
 * Licensed under the MIT License. See file LICENSE.md for a full copy.
 *
 * ------------------------------------------------------------------------
 */

/**
 * This module implements the [dockerignore
 * spec](https://docs.docker.com/engine/reference/builder/#dockerignore-file),
 * closely following Docker's (Moby) Golang implementation:
 * https://github.com/moby/moby/blob/v19.03.8/builder/dockerignore/dockerignore.go
 * https://github.com/moby/moby/blob/v19.03.8/pkg/fileutils/fileutils.go
 * https://github.com/moby/moby/blob/v19.03.8/pkg/archive/archive.go#L825
 *
 * Something the spec is not clear about, but we discovered by reading source code
 * and testing against the "docker build" command, is the handling of backslashes and
 * forward slashes as path separators and escape characters in the .dockerignore file
 * across platforms including Windows, Linux and macOS:
 *
 * * On Linux and macOS, only forward slashes can be used as path separators in the
 *   .dockerignore file, and the backslash works as an escape character.
 * * On Windows, both forward slashes and backslashes are allowed as path separators
 *   in the .dockerignore file, and the backslash is not used as an escape character.
 *
 * This is consistent with how Windows works generally: both forward slashes and
 * backslashes are accepted as path separators by the cmd.exe Command Prompt or
 * PowerShell, and by library functions like the Golang filepath.Clean or the
 * Node.js path.normalize.
 *
 * Similarly, path strings provided to the IgnoreBase.ignores() and IgnoreBase.filter()
 * methods can use either forward slashes or backslashes as path separators on Windows,
 * but only forward slashes are accepted as path separators on Linux and macOS.
 */

const path = __nccwpck_require__(6928);

const factory = options => new IgnoreBase(options); // https://github.com/kaelzhang/node-ignore/blob/5.1.4/index.js#L538-L539
// Fixes typescript module import


factory.default = factory;
module.exports = factory;

function make_array(subject) {
  return Array.isArray(subject) ? subject : [subject];
}

const REGEX_TRAILING_SLASH = /(?<=.)\/$/;
const REGEX_TRAILING_BACKSLASH = /(?<=.)\\$/;
const REGEX_TRAILING_PATH_SEP = path.sep === '\\' ? REGEX_TRAILING_BACKSLASH : REGEX_TRAILING_SLASH;
const KEY_IGNORE = typeof Symbol !== 'undefined' ? Symbol.for('dockerignore') : 'dockerignore'; // An implementation of Go's filepath.Clean
// https://golang.org/pkg/path/filepath/#Clean
// https://github.com/golang/go/blob/master/src/path/filepath/path.go
// Note that, like Go, on Windows this function converts forward slashes
// to backslashes.

function cleanPath(file) {
  return path.normalize(file).replace(REGEX_TRAILING_PATH_SEP, '');
} // Javascript port of Golang's filepath.ToSlash
// https://golang.org/pkg/path/filepath/#ToSlash
// https://github.com/golang/go/blob/master/src/path/filepath/path.go
// Convert any OS-specific path separator to '/'. Backslash is converted
// to forward slash on Windows, but not on Linux/macOS.
// Note that both forward slashes and backslashes are valid path separators on
// Windows. As a result, code such as `pattern.split(path.sep).join('/')` fails
// on Windows when forward slashes are used as path separators.


function toSlash(file) {
  if (path.sep === '/') {
    return file;
  }

  return file.replace(/\\/g, '/');
} // Javascript port of Golang's filepath.FromSlash
// https://github.com/golang/go/blob/master/src/path/filepath/path.go


function fromSlash(file) {
  if (path.sep === '/') {
    return file;
  }

  return file.replace(/\//g, path.sep);
}

class IgnoreBase {
  constructor({
    // https://github.com/kaelzhang/node-ignore/blob/5.1.4/index.js#L372
    ignorecase = true
  } = {}) {
    this._rules = [];
    this._ignorecase = ignorecase;
    this[KEY_IGNORE] = true;

    this._initCache();
  }

  _initCache() {
    this._cache = {};
  } // @param {Array.<string>|string|Ignore} pattern


  add(pattern) {
    this._added = false;

    if (typeof pattern === 'string') {
      pattern = pattern.split(/\r?\n/g);
    }

    make_array(pattern).forEach(this._addPattern, this); // Some rules have just added to the ignore,
    // making the behavior changed.

    if (this._added) {
      this._initCache();
    }

    return this;
  } // legacy


  addPattern(pattern) {
    return this.add(pattern);
  }

  _addPattern(pattern) {
    // https://github.com/kaelzhang/node-ignore/issues/32
    if (pattern && pattern[KEY_IGNORE]) {
      this._rules = this._rules.concat(pattern._rules);
      this._added = true;
      return;
    }

    if (this._checkPattern(pattern)) {
      const rule = this._createRule(pattern.trim());

      if (rule !== null) {
        this._added = true;

        this._rules.push(rule);
      }
    }
  }

  _checkPattern(pattern) {
    // https://github.com/moby/moby/blob/v19.03.8/builder/dockerignore/dockerignore.go#L34-L40
    return pattern && typeof pattern === 'string' && pattern.indexOf('#') !== 0 && pattern.trim() !== "";
  }

  filter(paths) {
    return make_array(paths).filter(path => this._filter(path));
  }

  createFilter() {
    return path => this._filter(path);
  }

  ignores(path) {
    return !this._filter(path);
  } // https://github.com/moby/moby/blob/v19.03.8/builder/dockerignore/dockerignore.go#L41-L53
  // https://github.com/moby/moby/blob/v19.03.8/pkg/fileutils/fileutils.go#L29-L55


  _createRule(pattern) {
    const origin = pattern;
    let negative = false; // > An optional prefix "!" which negates the pattern;
    // https://github.com/moby/moby/blob/v19.03.8/builder/dockerignore/dockerignore.go#L43-L46

    if (pattern[0] === '!') {
      negative = true;
      pattern = pattern.substring(1).trim();
    } // https://github.com/moby/moby/blob/v19.03.8/builder/dockerignore/dockerignore.go#L47-L53


    if (pattern.length > 0) {
      pattern = cleanPath(pattern);
      pattern = toSlash(pattern);

      if (pattern.length > 1 && pattern[0] === '/') {
        pattern = pattern.slice(1);
      }
    } // https://github.com/moby/moby/blob/v19.03.8/builder/dockerignore/dockerignore.go#L54-L55


    if (negative) {
      pattern = '!' + pattern;
    } // https://github.com/moby/moby/blob/v19.03.8/pkg/fileutils/fileutils.go#L30


    pattern = pattern.trim();

    if (pattern === "") {
      return null;
    } // https://github.com/moby/moby/blob/v19.03.8/pkg/fileutils/fileutils.go#L34
    // convert forward slashes to backslashes on Windows


    pattern = cleanPath(pattern); // https://github.com/moby/moby/blob/v19.03.8/pkg/fileutils/fileutils.go#L36-L42

    if (pattern[0] === '!') {
      if (pattern.length === 1) {
        return null;
      }

      negative = true;
      pattern = pattern.substring(1);
    } else {
      negative = false;
    }

    return {
      origin,
      pattern,
      // https://github.com/moby/moby/blob/v19.03.8/pkg/fileutils/fileutils.go#L54
      dirs: pattern.split(path.sep),
      negative
    };
  } // @returns `Boolean` true if the `path` is NOT ignored


  _filter(path) {
    if (!path) {
      return false;
    }

    if (path in this._cache) {
      return this._cache[path];
    }

    return this._cache[path] = this._test(path);
  } // @returns {Boolean} true if a file is NOT ignored
  // https://github.com/moby/moby/blob/v19.03.8/pkg/fileutils/fileutils.go#L62


  _test(file) {
    file = fromSlash(file); // equivalent to golang filepath.Dir() https://golang.org/src/path/filepath/path.go

    const parentPath = cleanPath(path.dirname(file));
    const parentPathDirs = parentPath.split(path.sep);
    let matched = false;

    this._rules.forEach(rule => {
      let match = this._match(file, rule); // https://github.com/moby/moby/blob/v19.03.8/pkg/fileutils/fileutils.go#L80


      if (!match && parentPath !== ".") {
        // Check to see if the pattern matches one of our parent dirs.
        if (rule.dirs.includes('**')) {
          // Ah shucks! We have to test every possible parent path that has 
          // a number of dirs _n_ where 
          // `rule.dirs.filter(doubleStar).length <= _n_ <= parentPathDirs.length`
          // since the ** can imply any number of directories including 0
          for (let i = rule.dirs.filter(x => x !== '**').length; i <= parentPathDirs.length; i++) {
            match = match || this._match(parentPathDirs.slice(0, i).join(path.sep), rule);
          }
        } else if (rule.dirs.length <= parentPathDirs.length) {
          // https://github.com/moby/moby/blob/v19.03.8/pkg/fileutils/fileutils.go#L83
          match = this._match(parentPathDirs.slice(0, rule.dirs.length).join(path.sep), rule);
        }
      }

      if (match) {
        matched = !rule.negative;
      }
    });

    return !matched;
  } // @returns {Boolean} true if a file is matched by a rule


  _match(file, rule) {
    return this._compile(rule).regexp.test(file);
  } // https://github.com/moby/moby/blob/v19.03.8/pkg/fileutils/fileutils.go#L139


  _compile(rule) {
    if (rule.regexp) {
      return rule;
    }

    let regStr = '^'; // Go through the pattern and convert it to a regexp.

    let escapedSlash = path.sep === '\\' ? '\\\\' : path.sep;

    for (let i = 0; i < rule.pattern.length; i++) {
      const ch = rule.pattern[i];

      if (ch === '*') {
        if (rule.pattern[i + 1] === '*') {
          // is some flavor of "**"
          i++; // Treat **/ as ** so eat the "/"

          if (rule.pattern[i + 1] === path.sep) {
            i++;
          }

          if (rule.pattern[i + 1] === undefined) {
            // is "**EOF" - to align with .gitignore just accept all
            regStr += ".*";
          } else {
            // is "**"
            // Note that this allows for any # of /'s (even 0) because
            // the .* will eat everything, even /'s
            regStr += `(.*${escapedSlash})?`;
          }
        } else {
          // is "*" so map it to anything but "/"
          regStr += `[^${escapedSlash}]*`;
        }
      } else if (ch === '?') {
        // "?" is any char except "/"
        regStr += `[^${escapedSlash}]`;
      } else if (ch === '.' || ch === '$') {
        // Escape some regexp special chars that have no meaning
        // in golang's filepath.Match
        regStr += `\\${ch}`;
      } else if (ch === '\\') {
        // escape next char. Note that a trailing \ in the pattern
        // will be left alone (but need to escape it)
        if (path.sep === '\\') {
          // On windows map "\" to "\\", meaning an escaped backslash,
          // and then just continue because filepath.Match on
          // Windows doesn't allow escaping at all
          regStr += escapedSlash;
          continue;
        }

        if (rule.pattern[i + 1] !== undefined) {
          regStr += '\\' + rule.pattern[i + 1];
          i++;
        } else {
          regStr += '\\';
        }
      } else {
        regStr += ch;
      }
    }

    regStr += "$";
    rule.regexp = new RegExp(regStr, this._ignorecase ? 'i' : '');
    return rule;
  }

}


/***/ }),

/***/ 4807:
/***/ ((module, exports, __nccwpck_require__) => {

(function (factory) {
    if ( true && typeof module.exports === "object") {
        var v = factory(__WEBPACK_EXTERNAL_createRequire(import.meta.url), exports);
        if (v !== undefined) module.exports = v;
    }
    else if (typeof define === "function" && define.amd) {
        define(["require", "exports", "./format", "./parser"], factory);
    }
})(function () {
    /*---------------------------------------------------------------------------------------------
     *  Copyright (c) Microsoft Corporation. All rights reserved.
     *  Licensed under the MIT License. See License.txt in the project root for license information.
     *--------------------------------------------------------------------------------------------*/
    'use strict';
    Object.defineProperty(exports, "__esModule", ({ value: true }));
    exports.isWS = exports.applyEdit = exports.setProperty = exports.removeProperty = void 0;
    const format_1 = __nccwpck_require__(6612);
    const parser_1 = __nccwpck_require__(5152);
    function removeProperty(text, path, options) {
        return setProperty(text, path, void 0, options);
    }
    exports.removeProperty = removeProperty;
    function setProperty(text, originalPath, value, options) {
        const path = originalPath.slice();
        const errors = [];
        const root = (0, parser_1.parseTree)(text, errors);
        let parent = void 0;
        let lastSegment = void 0;
        while (path.length > 0) {
            lastSegment = path.pop();
            parent = (0, parser_1.findNodeAtLocation)(root, path);
            if (parent === void 0 && value !== void 0) {
                if (typeof lastSegment === 'string') {
                    value = { [lastSegment]: value };
                }
                else {
                    value = [value];
                }
            }
            else {
                break;
            }
        }
        if (!parent) {
            // empty document
            if (value === void 0) { // delete
                throw new Error('Can not delete in empty document');
            }
            return withFormatting(text, { offset: root ? root.offset : 0, length: root ? root.length : 0, content: JSON.stringify(value) }, options);
        }
        else if (parent.type === 'object' && typeof lastSegment === 'string' && Array.isArray(parent.children)) {
            const existing = (0, parser_1.findNodeAtLocation)(parent, [lastSegment]);
            if (existing !== void 0) {
                if (value === void 0) { // delete
                    if (!existing.parent) {
                        throw new Error('Malformed AST');
                    }
                    const propertyIndex = parent.children.indexOf(existing.parent);
                    let removeBegin;
                    let removeEnd = existing.parent.offset + existing.parent.length;
                    if (propertyIndex > 0) {
                        // remove the comma of the previous node
                        let previous = parent.children[propertyIndex - 1];
                        removeBegin = previous.offset + previous.length;
                    }
                    else {
                        removeBegin = parent.offset + 1;
                        if (parent.children.length > 1) {
                            // remove the comma of the next node
                            let next = parent.children[1];
                            removeEnd = next.offset;
                        }
                    }
                    return withFormatting(text, { offset: removeBegin, length: removeEnd - removeBegin, content: '' }, options);
                }
                else {
                    // set value of existing property
                    return withFormatting(text, { offset: existing.offset, length: existing.length, content: JSON.stringify(value) }, options);
                }
            }
            else {
                if (value === void 0) { // delete
                    return []; // property does not exist, nothing to do
                }
                const newProperty = `${JSON.stringify(lastSegment)}: ${JSON.stringify(value)}`;
                const index = options.getInsertionIndex ? options.getInsertionIndex(parent.children.map(p => p.children[0].value)) : parent.children.length;
                let edit;
                if (index > 0) {
                    let previous = parent.children[index - 1];
                    edit = { offset: previous.offset + previous.length, length: 0, content: ',' + newProperty };
                }
                else if (parent.children.length === 0) {
                    edit = { offset: parent.offset + 1, length: 0, content: newProperty };
                }
                else {
                    edit = { offset: parent.offset + 1, length: 0, content: newProperty + ',' };
                }
                return withFormatting(text, edit, options);
            }
        }
        else if (parent.type === 'array' && typeof lastSegment === 'number' && Array.isArray(parent.children)) {
            const insertIndex = lastSegment;
            if (insertIndex === -1) {
                // Insert
                const newProperty = `${JSON.stringify(value)}`;
                let edit;
                if (parent.children.length === 0) {
                    edit = { offset: parent.offset + 1, length: 0, content: newProperty };
                }
                else {
                    const previous = parent.children[parent.children.length - 1];
                    edit = { offset: previous.offset + previous.length, length: 0, content: ',' + newProperty };
                }
                return withFormatting(text, edit, options);
            }
            else if (value === void 0 && parent.children.length >= 0) {
                // Removal
                const removalIndex = lastSegment;
                const toRemove = parent.children[removalIndex];
                let edit;
                if (parent.children.length === 1) {
                    // only item
                    edit = { offset: parent.offset + 1, length: parent.length - 2, content: '' };
                }
                else if (parent.children.length - 1 === removalIndex) {
                    // last item
                    let previous = parent.children[removalIndex - 1];
                    let offset = previous.offset + previous.length;
                    let parentEndOffset = parent.offset + parent.length;
                    edit = { offset, length: parentEndOffset - 2 - offset, content: '' };
                }
                else {
                    edit = { offset: toRemove.offset, length: parent.children[removalIndex + 1].offset - toRemove.offset, content: '' };
                }
                return withFormatting(text, edit, options);
            }
            else if (value !== void 0) {
                let edit;
                const newProperty = `${JSON.stringify(value)}`;
                if (!options.isArrayInsertion && parent.children.length > lastSegment) {
                    const toModify = parent.children[lastSegment];
                    edit = { offset: toModify.offset, length: toModify.length, content: newProperty };
                }
                else if (parent.children.length === 0 || lastSegment === 0) {
                    edit = { offset: parent.offset + 1, length: 0, content: parent.children.length === 0 ? newProperty : newProperty + ',' };
                }
                else {
                    const index = lastSegment > parent.children.length ? parent.children.length : lastSegment;
                    const previous = parent.children[index - 1];
                    edit = { offset: previous.offset + previous.length, length: 0, content: ',' + newProperty };
                }
                return withFormatting(text, edit, options);
            }
            else {
                throw new Error(`Can not ${value === void 0 ? 'remove' : (options.isArrayInsertion ? 'insert' : 'modify')} Array index ${insertIndex} as length is not sufficient`);
            }
        }
        else {
            throw new Error(`Can not add ${typeof lastSegment !== 'number' ? 'index' : 'property'} to parent of type ${parent.type}`);
        }
    }
    exports.setProperty = setProperty;
    function withFormatting(text, edit, options) {
        if (!options.formattingOptions) {
            return [edit];
        }
        // apply the edit
        let newText = applyEdit(text, edit);
        // format the new text
        let begin = edit.offset;
        let end = edit.offset + edit.content.length;
        if (edit.length === 0 || edit.content.length === 0) { // insert or remove
            while (begin > 0 && !(0, format_1.isEOL)(newText, begin - 1)) {
                begin--;
            }
            while (end < newText.length && !(0, format_1.isEOL)(newText, end)) {
                end++;
            }
        }
        const edits = (0, format_1.format)(newText, { offset: begin, length: end - begin }, { ...options.formattingOptions, keepLines: false });
        // apply the formatting edits and track the begin and end offsets of the changes
        for (let i = edits.length - 1; i >= 0; i--) {
            const edit = edits[i];
            newText = applyEdit(newText, edit);
            begin = Math.min(begin, edit.offset);
            end = Math.max(end, edit.offset + edit.length);
            end += edit.content.length - edit.length;
        }
        // create a single edit with all changes
        const editLength = text.length - (newText.length - end) - begin;
        return [{ offset: begin, length: editLength, content: newText.substring(begin, end) }];
    }
    function applyEdit(text, edit) {
        return text.substring(0, edit.offset) + edit.content + text.substring(edit.offset + edit.length);
    }
    exports.applyEdit = applyEdit;
    function isWS(text, offset) {
        return '\r\n \t'.indexOf(text.charAt(offset)) !== -1;
    }
    exports.isWS = isWS;
});


/***/ }),

/***/ 6612:
/***/ ((module, exports, __nccwpck_require__) => {

(function (factory) {
    if ( true && typeof module.exports === "object") {
        var v = factory(__WEBPACK_EXTERNAL_createRequire(import.meta.url), exports);
        if (v !== undefined) module.exports = v;
    }
    else if (typeof define === "function" && define.amd) {
        define(["require", "exports", "./scanner", "./string-intern"], factory);
    }
})(function () {
    /*---------------------------------------------------------------------------------------------
     *  Copyright (c) Microsoft Corporation. All rights reserved.
     *  Licensed under the MIT License. See License.txt in the project root for license information.
     *--------------------------------------------------------------------------------------------*/
    'use strict';
    Object.defineProperty(exports, "__esModule", ({ value: true }));
    exports.isEOL = exports.format = void 0;
    const scanner_1 = __nccwpck_require__(8525);
    const string_intern_1 = __nccwpck_require__(4579);
    function format(documentText, range, options) {
        let initialIndentLevel;
        let formatText;
        let formatTextStart;
        let rangeStart;
        let rangeEnd;
        if (range) {
            rangeStart = range.offset;
            rangeEnd = rangeStart + range.length;
            formatTextStart = rangeStart;
            while (formatTextStart > 0 && !isEOL(documentText, formatTextStart - 1)) {
                formatTextStart--;
            }
            let endOffset = rangeEnd;
            while (endOffset < documentText.length && !isEOL(documentText, endOffset)) {
                endOffset++;
            }
            formatText = documentText.substring(formatTextStart, endOffset);
            initialIndentLevel = computeIndentLevel(formatText, options);
        }
        else {
            formatText = documentText;
            initialIndentLevel = 0;
            formatTextStart = 0;
            rangeStart = 0;
            rangeEnd = documentText.length;
        }
        const eol = getEOL(options, documentText);
        const eolFastPathSupported = string_intern_1.supportedEols.includes(eol);
        let numberLineBreaks = 0;
        let indentLevel = 0;
        let indentValue;
        if (options.insertSpaces) {
            indentValue = string_intern_1.cachedSpaces[options.tabSize || 4] ?? repeat(string_intern_1.cachedSpaces[1], options.tabSize || 4);
        }
        else {
            indentValue = '\t';
        }
        const indentType = indentValue === '\t' ? '\t' : ' ';
        let scanner = (0, scanner_1.createScanner)(formatText, false);
        let hasError = false;
        function newLinesAndIndent() {
            if (numberLineBreaks > 1) {
                return repeat(eol, numberLineBreaks) + repeat(indentValue, initialIndentLevel + indentLevel);
            }
            const amountOfSpaces = indentValue.length * (initialIndentLevel + indentLevel);
            if (!eolFastPathSupported || amountOfSpaces > string_intern_1.cachedBreakLinesWithSpaces[indentType][eol].length) {
                return eol + repeat(indentValue, initialIndentLevel + indentLevel);
            }
            if (amountOfSpaces <= 0) {
                return eol;
            }
            return string_intern_1.cachedBreakLinesWithSpaces[indentType][eol][amountOfSpaces];
        }
        function scanNext() {
            let token = scanner.scan();
            numberLineBreaks = 0;
            while (token === 15 /* SyntaxKind.Trivia */ || token === 14 /* SyntaxKind.LineBreakTrivia */) {
                if (token === 14 /* SyntaxKind.LineBreakTrivia */ && options.keepLines) {
                    numberLineBreaks += 1;
                }
                else if (token === 14 /* SyntaxKind.LineBreakTrivia */) {
                    numberLineBreaks = 1;
                }
                token = scanner.scan();
            }
            hasError = token === 16 /* SyntaxKind.Unknown */ || scanner.getTokenError() !== 0 /* ScanError.None */;
            return token;
        }
        const editOperations = [];
        function addEdit(text, startOffset, endOffset) {
            if (!hasError && (!range || (startOffset < rangeEnd && endOffset > rangeStart)) && documentText.substring(startOffset, endOffset) !== text) {
                editOperations.push({ offset: startOffset, length: endOffset - startOffset, content: text });
            }
        }
        let firstToken = scanNext();
        if (options.keepLines && numberLineBreaks > 0) {
            addEdit(repeat(eol, numberLineBreaks), 0, 0);
        }
        if (firstToken !== 17 /* SyntaxKind.EOF */) {
            let firstTokenStart = scanner.getTokenOffset() + formatTextStart;
            let initialIndent = (indentValue.length * initialIndentLevel < 20) && options.insertSpaces
                ? string_intern_1.cachedSpaces[indentValue.length * initialIndentLevel]
                : repeat(indentValue, initialIndentLevel);
            addEdit(initialIndent, formatTextStart, firstTokenStart);
        }
        while (firstToken !== 17 /* SyntaxKind.EOF */) {
            let firstTokenEnd = scanner.getTokenOffset() + scanner.getTokenLength() + formatTextStart;
            let secondToken = scanNext();
            let replaceContent = '';
            let needsLineBreak = false;
            while (numberLineBreaks === 0 && (secondToken === 12 /* SyntaxKind.LineCommentTrivia */ || secondToken === 13 /* SyntaxKind.BlockCommentTrivia */)) {
                let commentTokenStart = scanner.getTokenOffset() + formatTextStart;
                addEdit(string_intern_1.cachedSpaces[1], firstTokenEnd, commentTokenStart);
                firstTokenEnd = scanner.getTokenOffset() + scanner.getTokenLength() + formatTextStart;
                needsLineBreak = secondToken === 12 /* SyntaxKind.LineCommentTrivia */;
                replaceContent = needsLineBreak ? newLinesAndIndent() : '';
                secondToken = scanNext();
            }
            if (secondToken === 2 /* SyntaxKind.CloseBraceToken */) {
                if (firstToken !== 1 /* SyntaxKind.OpenBraceToken */) {
                    indentLevel--;
                }
                ;
                if (options.keepLines && numberLineBreaks > 0 || !options.keepLines && firstToken !== 1 /* SyntaxKind.OpenBraceToken */) {
                    replaceContent = newLinesAndIndent();
                }
                else if (options.keepLines) {
                    replaceContent = string_intern_1.cachedSpaces[1];
                }
            }
            else if (secondToken === 4 /* SyntaxKind.CloseBracketToken */) {
                if (firstToken !== 3 /* SyntaxKind.OpenBracketToken */) {
                    indentLevel--;
                }
                ;
                if (options.keepLines && numberLineBreaks > 0 || !options.keepLines && firstToken !== 3 /* SyntaxKind.OpenBracketToken */) {
                    replaceContent = newLinesAndIndent();
                }
                else if (options.keepLines) {
                    replaceContent = string_intern_1.cachedSpaces[1];
                }
            }
            else {
                switch (firstToken) {
                    case 3 /* SyntaxKind.OpenBracketToken */:
                    case 1 /* SyntaxKind.OpenBraceToken */:
                        indentLevel++;
                        if (options.keepLines && numberLineBreaks > 0 || !options.keepLines) {
                            replaceContent = newLinesAndIndent();
                        }
                        else {
                            replaceContent = string_intern_1.cachedSpaces[1];
                        }
                        break;
                    case 5 /* SyntaxKind.CommaToken */:
                        if (options.keepLines && numberLineBreaks > 0 || !options.keepLines) {
                            replaceContent = newLinesAndIndent();
                        }
                        else {
                            replaceContent = string_intern_1.cachedSpaces[1];
                        }
                        break;
                    case 12 /* SyntaxKind.LineCommentTrivia */:
                        replaceContent = newLinesAndIndent();
                        break;
                    case 13 /* SyntaxKind.BlockCommentTrivia */:
                        if (numberLineBreaks > 0) {
                            replaceContent = newLinesAndIndent();
                        }
                        else if (!needsLineBreak) {
                            replaceContent = string_intern_1.cachedSpaces[1];
                        }
                        break;
                    case 6 /* SyntaxKind.ColonToken */:
                        if (options.keepLines && numberLineBreaks > 0) {
                            replaceContent = newLinesAndIndent();
                        }
                        else if (!needsLineBreak) {
                            replaceContent = string_intern_1.cachedSpaces[1];
                        }
                        break;
                    case 10 /* SyntaxKind.StringLiteral */:
                        if (options.keepLines && numberLineBreaks > 0) {
                            replaceContent = newLinesAndIndent();
                        }
                        else if (secondToken === 6 /* SyntaxKind.ColonToken */ && !needsLineBreak) {
                            replaceContent = '';
                        }
                        break;
                    case 7 /* SyntaxKind.NullKeyword */:
                    case 8 /* SyntaxKind.TrueKeyword */:
                    case 9 /* SyntaxKind.FalseKeyword */:
                    case 11 /* SyntaxKind.NumericLiteral */:
                    case 2 /* SyntaxKind.CloseBraceToken */:
                    case 4 /* SyntaxKind.CloseBracketToken */:
                        if (options.keepLines && numberLineBreaks > 0) {
                            replaceContent = newLinesAndIndent();
                        }
                        else {
                            if ((secondToken === 12 /* SyntaxKind.LineCommentTrivia */ || secondToken === 13 /* SyntaxKind.BlockCommentTrivia */) && !needsLineBreak) {
                                replaceContent = string_intern_1.cachedSpaces[1];
                            }
                            else if (secondToken !== 5 /* SyntaxKind.CommaToken */ && secondToken !== 17 /* SyntaxKind.EOF */) {
                                hasError = true;
                            }
                        }
                        break;
                    case 16 /* SyntaxKind.Unknown */:
                        hasError = true;
                        break;
                }
                if (numberLineBreaks > 0 && (secondToken === 12 /* SyntaxKind.LineCommentTrivia */ || secondToken === 13 /* SyntaxKind.BlockCommentTrivia */)) {
                    replaceContent = newLinesAndIndent();
                }
            }
            if (secondToken === 17 /* SyntaxKind.EOF */) {
                if (options.keepLines && numberLineBreaks > 0) {
                    replaceContent = newLinesAndIndent();
                }
                else {
                    replaceContent = options.insertFinalNewline ? eol : '';
                }
            }
            const secondTokenStart = scanner.getTokenOffset() + formatTextStart;
            addEdit(replaceContent, firstTokenEnd, secondTokenStart);
            firstToken = secondToken;
        }
        return editOperations;
    }
    exports.format = format;
    function repeat(s, count) {
        let result = '';
        for (let i = 0; i < count; i++) {
            result += s;
        }
        return result;
    }
    function computeIndentLevel(content, options) {
        let i = 0;
        let nChars = 0;
        const tabSize = options.tabSize || 4;
        while (i < content.length) {
            let ch = content.charAt(i);
            if (ch === string_intern_1.cachedSpaces[1]) {
                nChars++;
            }
            else if (ch === '\t') {
                nChars += tabSize;
            }
            else {
                break;
            }
            i++;
        }
        return Math.floor(nChars / tabSize);
    }
    function getEOL(options, text) {
        for (let i = 0; i < text.length; i++) {
            const ch = text.charAt(i);
            if (ch === '\r') {
                if (i + 1 < text.length && text.charAt(i + 1) === '\n') {
                    return '\r\n';
                }
                return '\r';
            }
            else if (ch === '\n') {
                return '\n';
            }
        }
        return (options && options.eol) || '\n';
    }
    function isEOL(text, offset) {
        return '\r\n'.indexOf(text.charAt(offset)) !== -1;
    }
    exports.isEOL = isEOL;
});


/***/ }),

/***/ 5152:
/***/ ((module, exports, __nccwpck_require__) => {

(function (factory) {
    if ( true && typeof module.exports === "object") {
        var v = factory(__WEBPACK_EXTERNAL_createRequire(import.meta.url), exports);
        if (v !== undefined) module.exports = v;
    }
    else if (typeof define === "function" && define.amd) {
        define(["require", "exports", "./scanner"], factory);
    }
})(function () {
    /*---------------------------------------------------------------------------------------------
     *  Copyright (c) Microsoft Corporation. All rights reserved.
     *  Licensed under the MIT License. See License.txt in the project root for license information.
     *--------------------------------------------------------------------------------------------*/
    'use strict';
    Object.defineProperty(exports, "__esModule", ({ value: true }));
    exports.getNodeType = exports.stripComments = exports.visit = exports.findNodeAtOffset = exports.contains = exports.getNodeValue = exports.getNodePath = exports.findNodeAtLocation = exports.parseTree = exports.parse = exports.getLocation = void 0;
    const scanner_1 = __nccwpck_require__(8525);
    var ParseOptions;
    (function (ParseOptions) {
        ParseOptions.DEFAULT = {
            allowTrailingComma: false
        };
    })(ParseOptions || (ParseOptions = {}));
    /**
     * For a given offset, evaluate the location in the JSON document. Each segment in the location path is either a property name or an array index.
     */
    function getLocation(text, position) {
        const segments = []; // strings or numbers
        const earlyReturnException = new Object();
        let previousNode = undefined;
        const previousNodeInst = {
            value: {},
            offset: 0,
            length: 0,
            type: 'object',
            parent: undefined
        };
        let isAtPropertyKey = false;
        function setPreviousNode(value, offset, length, type) {
            previousNodeInst.value = value;
            previousNodeInst.offset = offset;
            previousNodeInst.length = length;
            previousNodeInst.type = type;
            previousNodeInst.colonOffset = undefined;
            previousNode = previousNodeInst;
        }
        try {
            visit(text, {
                onObjectBegin: (offset, length) => {
                    if (position <= offset) {
                        throw earlyReturnException;
                    }
                    previousNode = undefined;
                    isAtPropertyKey = position > offset;
                    segments.push(''); // push a placeholder (will be replaced)
                },
                onObjectProperty: (name, offset, length) => {
                    if (position < offset) {
                        throw earlyReturnException;
                    }
                    setPreviousNode(name, offset, length, 'property');
                    segments[segments.length - 1] = name;
                    if (position <= offset + length) {
                        throw earlyReturnException;
                    }
                },
                onObjectEnd: (offset, length) => {
                    if (position <= offset) {
                        throw earlyReturnException;
                    }
                    previousNode = undefined;
                    segments.pop();
                },
                onArrayBegin: (offset, length) => {
                    if (position <= offset) {
                        throw earlyReturnException;
                    }
                    previousNode = undefined;
                    segments.push(0);
                },
                onArrayEnd: (offset, length) => {
                    if (position <= offset) {
                        throw earlyReturnException;
                    }
                    previousNode = undefined;
                    segments.pop();
                },
                onLiteralValue: (value, offset, length) => {
                    if (position < offset) {
                        throw earlyReturnException;
                    }
                    setPreviousNode(value, offset, length, getNodeType(value));
                    if (position <= offset + length) {
                        throw earlyReturnException;
                    }
                },
                onSeparator: (sep, offset, length) => {
                    if (position <= offset) {
                        throw earlyReturnException;
                    }
                    if (sep === ':' && previousNode && previousNode.type === 'property') {
                        previousNode.colonOffset = offset;
                        isAtPropertyKey = false;
                        previousNode = undefined;
                    }
                    else if (sep === ',') {
                        const last = segments[segments.length - 1];
                        if (typeof last === 'number') {
                            segments[segments.length - 1] = last + 1;
                        }
                        else {
                            isAtPropertyKey = true;
                            segments[segments.length - 1] = '';
                        }
                        previousNode = undefined;
                    }
                }
            });
        }
        catch (e) {
            if (e !== earlyReturnException) {
                throw e;
            }
        }
        return {
            path: segments,
            previousNode,
            isAtPropertyKey,
            matches: (pattern) => {
                let k = 0;
                for (let i = 0; k < pattern.length && i < segments.length; i++) {
                    if (pattern[k] === segments[i] || pattern[k] === '*') {
                        k++;
                    }
                    else if (pattern[k] !== '**') {
                        return false;
                    }
                }
                return k === pattern.length;
            }
        };
    }
    exports.getLocation = getLocation;
    /**
     * Parses the given text and returns the object the JSON content represents. On invalid input, the parser tries to be as fault tolerant as possible, but still return a result.
     * Therefore always check the errors list to find out if the input was valid.
     */
    function parse(text, errors = [], options = ParseOptions.DEFAULT) {
        let currentProperty = null;
        let currentParent = [];
        const previousParents = [];
        function onValue(value) {
            if (Array.isArray(currentParent)) {
                currentParent.push(value);
            }
            else if (currentProperty !== null) {
                currentParent[currentProperty] = value;
            }
        }
        const visitor = {
            onObjectBegin: () => {
                const object = {};
                onValue(object);
                previousParents.push(currentParent);
                currentParent = object;
                currentProperty = null;
            },
            onObjectProperty: (name) => {
                currentProperty = name;
            },
            onObjectEnd: () => {
                currentParent = previousParents.pop();
            },
            onArrayBegin: () => {
                const array = [];
                onValue(array);
                previousParents.push(currentParent);
                currentParent = array;
                currentProperty = null;
            },
            onArrayEnd: () => {
                currentParent = previousParents.pop();
            },
            onLiteralValue: onValue,
            onError: (error, offset, length) => {
                errors.push({ error, offset, length });
            }
        };
        visit(text, visitor, options);
        return currentParent[0];
    }
    exports.parse = parse;
    /**
     * Parses the given text and returns a tree representation the JSON content. On invalid input, the parser tries to be as fault tolerant as possible, but still return a result.
     */
    function parseTree(text, errors = [], options = ParseOptions.DEFAULT) {
        let currentParent = { type: 'array', offset: -1, length: -1, children: [], parent: undefined }; // artificial root
        function ensurePropertyComplete(endOffset) {
            if (currentParent.type === 'property') {
                currentParent.length = endOffset - currentParent.offset;
                currentParent = currentParent.parent;
            }
        }
        function onValue(valueNode) {
            currentParent.children.push(valueNode);
            return valueNode;
        }
        const visitor = {
            onObjectBegin: (offset) => {
                currentParent = onValue({ type: 'object', offset, length: -1, parent: currentParent, children: [] });
            },
            onObjectProperty: (name, offset, length) => {
                currentParent = onValue({ type: 'property', offset, length: -1, parent: currentParent, children: [] });
                currentParent.children.push({ type: 'string', value: name, offset, length, parent: currentParent });
            },
            onObjectEnd: (offset, length) => {
                ensurePropertyComplete(offset + length); // in case of a missing value for a property: make sure property is complete
                currentParent.length = offset + length - currentParent.offset;
                currentParent = currentParent.parent;
                ensurePropertyComplete(offset + length);
            },
            onArrayBegin: (offset, length) => {
                currentParent = onValue({ type: 'array', offset, length: -1, parent: currentParent, children: [] });
            },
            onArrayEnd: (offset, length) => {
                currentParent.length = offset + length - currentParent.offset;
                currentParent = currentParent.parent;
                ensurePropertyComplete(offset + length);
            },
            onLiteralValue: (value, offset, length) => {
                onValue({ type: getNodeType(value), offset, length, parent: currentParent, value });
                ensurePropertyComplete(offset + length);
            },
            onSeparator: (sep, offset, length) => {
                if (currentParent.type === 'property') {
                    if (sep === ':') {
                        currentParent.colonOffset = offset;
                    }
                    else if (sep === ',') {
                        ensurePropertyComplete(offset);
                    }
                }
            },
            onError: (error, offset, length) => {
                errors.push({ error, offset, length });
            }
        };
        visit(text, visitor, options);
        const result = currentParent.children[0];
        if (result) {
            delete result.parent;
        }
        return result;
    }
    exports.parseTree = parseTree;
    /**
     * Finds the node at the given path in a JSON DOM.
     */
    function findNodeAtLocation(root, path) {
        if (!root) {
            return undefined;
        }
        let node = root;
        for (let segment of path) {
            if (typeof segment === 'string') {
                if (node.type !== 'object' || !Array.isArray(node.children)) {
                    return undefined;
                }
                let found = false;
                for (const propertyNode of node.children) {
                    if (Array.isArray(propertyNode.children) && propertyNode.children[0].value === segment && propertyNode.children.length === 2) {
                        node = propertyNode.children[1];
                        found = true;
                        break;
                    }
                }
                if (!found) {
                    return undefined;
                }
            }
            else {
                const index = segment;
                if (node.type !== 'array' || index < 0 || !Array.isArray(node.children) || index >= node.children.length) {
                    return undefined;
                }
                node = node.children[index];
            }
        }
        return node;
    }
    exports.findNodeAtLocation = findNodeAtLocation;
    /**
     * Gets the JSON path of the given JSON DOM node
     */
    function getNodePath(node) {
        if (!node.parent || !node.parent.children) {
            return [];
        }
        const path = getNodePath(node.parent);
        if (node.parent.type === 'property') {
            const key = node.parent.children[0].value;
            path.push(key);
        }
        else if (node.parent.type === 'array') {
            const index = node.parent.children.indexOf(node);
            if (index !== -1) {
                path.push(index);
            }
        }
        return path;
    }
    exports.getNodePath = getNodePath;
    /**
     * Evaluates the JavaScript object of the given JSON DOM node
     */
    function getNodeValue(node) {
        switch (node.type) {
            case 'array':
                return node.children.map(getNodeValue);
            case 'object':
                const obj = Object.create(null);
                for (let prop of node.children) {
                    const valueNode = prop.children[1];
                    if (valueNode) {
                        obj[prop.children[0].value] = getNodeValue(valueNode);
                    }
                }
                return obj;
            case 'null':
            case 'string':
            case 'number':
            case 'boolean':
                return node.value;
            default:
                return undefined;
        }
    }
    exports.getNodeValue = getNodeValue;
    function contains(node, offset, includeRightBound = false) {
        return (offset >= node.offset && offset < (node.offset + node.length)) || includeRightBound && (offset === (node.offset + node.length));
    }
    exports.contains = contains;
    /**
     * Finds the most inner node at the given offset. If includeRightBound is set, also finds nodes that end at the given offset.
     */
    function findNodeAtOffset(node, offset, includeRightBound = false) {
        if (contains(node, offset, includeRightBound)) {
            const children = node.children;
            if (Array.isArray(children)) {
                for (let i = 0; i < children.length && children[i].offset <= offset; i++) {
                    const item = findNodeAtOffset(children[i], offset, includeRightBound);
                    if (item) {
                        return item;
                    }
                }
            }
            return node;
        }
        return undefined;
    }
    exports.findNodeAtOffset = findNodeAtOffset;
    /**
     * Parses the given text and invokes the visitor functions for each object, array and literal reached.
     */
    function visit(text, visitor, options = ParseOptions.DEFAULT) {
        const _scanner = (0, scanner_1.createScanner)(text, false);
        // Important: Only pass copies of this to visitor functions to prevent accidental modification, and
        // to not affect visitor functions which stored a reference to a previous JSONPath
        const _jsonPath = [];
        // Depth of onXXXBegin() callbacks suppressed. onXXXEnd() decrements this if it isn't 0 already.
        // Callbacks are only called when this value is 0.
        let suppressedCallbacks = 0;
        function toNoArgVisit(visitFunction) {
            return visitFunction ? () => suppressedCallbacks === 0 && visitFunction(_scanner.getTokenOffset(), _scanner.getTokenLength(), _scanner.getTokenStartLine(), _scanner.getTokenStartCharacter()) : () => true;
        }
        function toOneArgVisit(visitFunction) {
            return visitFunction ? (arg) => suppressedCallbacks === 0 && visitFunction(arg, _scanner.getTokenOffset(), _scanner.getTokenLength(), _scanner.getTokenStartLine(), _scanner.getTokenStartCharacter()) : () => true;
        }
        function toOneArgVisitWithPath(visitFunction) {
            return visitFunction ? (arg) => suppressedCallbacks === 0 && visitFunction(arg, _scanner.getTokenOffset(), _scanner.getTokenLength(), _scanner.getTokenStartLine(), _scanner.getTokenStartCharacter(), () => _jsonPath.slice()) : () => true;
        }
        function toBeginVisit(visitFunction) {
            return visitFunction ?
                () => {
                    if (suppressedCallbacks > 0) {
                        suppressedCallbacks++;
                    }
                    else {
                        let cbReturn = visitFunction(_scanner.getTokenOffset(), _scanner.getTokenLength(), _scanner.getTokenStartLine(), _scanner.getTokenStartCharacter(), () => _jsonPath.slice());
                        if (cbReturn === false) {
                            suppressedCallbacks = 1;
                        }
                    }
                }
                : () => true;
        }
        function toEndVisit(visitFunction) {
            return visitFunction ?
                () => {
                    if (suppressedCallbacks > 0) {
                        suppressedCallbacks--;
                    }
                    if (suppressedCallbacks === 0) {
                        visitFunction(_scanner.getTokenOffset(), _scanner.getTokenLength(), _scanner.getTokenStartLine(), _scanner.getTokenStartCharacter());
                    }
                }
                : () => true;
        }
        const onObjectBegin = toBeginVisit(visitor.onObjectBegin), onObjectProperty = toOneArgVisitWithPath(visitor.onObjectProperty), onObjectEnd = toEndVisit(visitor.onObjectEnd), onArrayBegin = toBeginVisit(visitor.onArrayBegin), onArrayEnd = toEndVisit(visitor.onArrayEnd), onLiteralValue = toOneArgVisitWithPath(visitor.onLiteralValue), onSeparator = toOneArgVisit(visitor.onSeparator), onComment = toNoArgVisit(visitor.onComment), onError = toOneArgVisit(visitor.onError);
        const disallowComments = options && options.disallowComments;
        const allowTrailingComma = options && options.allowTrailingComma;
        function scanNext() {
            while (true) {
                const token = _scanner.scan();
                switch (_scanner.getTokenError()) {
                    case 4 /* ScanError.InvalidUnicode */:
                        handleError(14 /* ParseErrorCode.InvalidUnicode */);
                        break;
                    case 5 /* ScanError.InvalidEscapeCharacter */:
                        handleError(15 /* ParseErrorCode.InvalidEscapeCharacter */);
                        break;
                    case 3 /* ScanError.UnexpectedEndOfNumber */:
                        handleError(13 /* ParseErrorCode.UnexpectedEndOfNumber */);
                        break;
                    case 1 /* ScanError.UnexpectedEndOfComment */:
                        if (!disallowComments) {
                            handleError(11 /* ParseErrorCode.UnexpectedEndOfComment */);
                        }
                        break;
                    case 2 /* ScanError.UnexpectedEndOfString */:
                        handleError(12 /* ParseErrorCode.UnexpectedEndOfString */);
                        break;
                    case 6 /* ScanError.InvalidCharacter */:
                        handleError(16 /* ParseErrorCode.InvalidCharacter */);
                        break;
                }
                switch (token) {
                    case 12 /* SyntaxKind.LineCommentTrivia */:
                    case 13 /* SyntaxKind.BlockCommentTrivia */:
                        if (disallowComments) {
                            handleError(10 /* ParseErrorCode.InvalidCommentToken */);
                        }
                        else {
                            onComment();
                        }
                        break;
                    case 16 /* SyntaxKind.Unknown */:
                        handleError(1 /* ParseErrorCode.InvalidSymbol */);
                        break;
                    case 15 /* SyntaxKind.Trivia */:
                    case 14 /* SyntaxKind.LineBreakTrivia */:
                        break;
                    default:
                        return token;
                }
            }
        }
        function handleError(error, skipUntilAfter = [], skipUntil = []) {
            onError(error);
            if (skipUntilAfter.length + skipUntil.length > 0) {
                let token = _scanner.getToken();
                while (token !== 17 /* SyntaxKind.EOF */) {
                    if (skipUntilAfter.indexOf(token) !== -1) {
                        scanNext();
                        break;
                    }
                    else if (skipUntil.indexOf(token) !== -1) {
                        break;
                    }
                    token = scanNext();
                }
            }
        }
        function parseString(isValue) {
            const value = _scanner.getTokenValue();
            if (isValue) {
                onLiteralValue(value);
            }
            else {
                onObjectProperty(value);
                // add property name afterwards
                _jsonPath.push(value);
            }
            scanNext();
            return true;
        }
        function parseLiteral() {
            switch (_scanner.getToken()) {
                case 11 /* SyntaxKind.NumericLiteral */:
                    const tokenValue = _scanner.getTokenValue();
                    let value = Number(tokenValue);
                    if (isNaN(value)) {
                        handleError(2 /* ParseErrorCode.InvalidNumberFormat */);
                        value = 0;
                    }
                    onLiteralValue(value);
                    break;
                case 7 /* SyntaxKind.NullKeyword */:
                    onLiteralValue(null);
                    break;
                case 8 /* SyntaxKind.TrueKeyword */:
                    onLiteralValue(true);
                    break;
                case 9 /* SyntaxKind.FalseKeyword */:
                    onLiteralValue(false);
                    break;
                default:
                    return false;
            }
            scanNext();
            return true;
        }
        function parseProperty() {
            if (_scanner.getToken() !== 10 /* SyntaxKind.StringLiteral */) {
                handleError(3 /* ParseErrorCode.PropertyNameExpected */, [], [2 /* SyntaxKind.CloseBraceToken */, 5 /* SyntaxKind.CommaToken */]);
                return false;
            }
            parseString(false);
            if (_scanner.getToken() === 6 /* SyntaxKind.ColonToken */) {
                onSeparator(':');
                scanNext(); // consume colon
                if (!parseValue()) {
                    handleError(4 /* ParseErrorCode.ValueExpected */, [], [2 /* SyntaxKind.CloseBraceToken */, 5 /* SyntaxKind.CommaToken */]);
                }
            }
            else {
                handleError(5 /* ParseErrorCode.ColonExpected */, [], [2 /* SyntaxKind.CloseBraceToken */, 5 /* SyntaxKind.CommaToken */]);
            }
            _jsonPath.pop(); // remove processed property name
            return true;
        }
        function parseObject() {
            onObjectBegin();
            scanNext(); // consume open brace
            let needsComma = false;
            while (_scanner.getToken() !== 2 /* SyntaxKind.CloseBraceToken */ && _scanner.getToken() !== 17 /* SyntaxKind.EOF */) {
                if (_scanner.getToken() === 5 /* SyntaxKind.CommaToken */) {
                    if (!needsComma) {
                        handleError(4 /* ParseErrorCode.ValueExpected */, [], []);
                    }
                    onSeparator(',');
                    scanNext(); // consume comma
                    if (_scanner.getToken() === 2 /* SyntaxKind.CloseBraceToken */ && allowTrailingComma) {
                        break;
                    }
                }
                else if (needsComma) {
                    handleError(6 /* ParseErrorCode.CommaExpected */, [], []);
                }
                if (!parseProperty()) {
                    handleError(4 /* ParseErrorCode.ValueExpected */, [], [2 /* SyntaxKind.CloseBraceToken */, 5 /* SyntaxKind.CommaToken */]);
                }
                needsComma = true;
            }
            onObjectEnd();
            if (_scanner.getToken() !== 2 /* SyntaxKind.CloseBraceToken */) {
                handleError(7 /* ParseErrorCode.CloseBraceExpected */, [2 /* SyntaxKind.CloseBraceToken */], []);
            }
            else {
                scanNext(); // consume close brace
            }
            return true;
        }
        function parseArray() {
            onArrayBegin();
            scanNext(); // consume open bracket
            let isFirstElement = true;
            let needsComma = false;
            while (_scanner.getToken() !== 4 /* SyntaxKind.CloseBracketToken */ && _scanner.getToken() !== 17 /* SyntaxKind.EOF */) {
                if (_scanner.getToken() === 5 /* SyntaxKind.CommaToken */) {
                    if (!needsComma) {
                        handleError(4 /* ParseErrorCode.ValueExpected */, [], []);
                    }
                    onSeparator(',');
                    scanNext(); // consume comma
                    if (_scanner.getToken() === 4 /* SyntaxKind.CloseBracketToken */ && allowTrailingComma) {
                        break;
                    }
                }
                else if (needsComma) {
                    handleError(6 /* ParseErrorCode.CommaExpected */, [], []);
                }
                if (isFirstElement) {
                    _jsonPath.push(0);
                    isFirstElement = false;
                }
                else {
                    _jsonPath[_jsonPath.length - 1]++;
                }
                if (!parseValue()) {
                    handleError(4 /* ParseErrorCode.ValueExpected */, [], [4 /* SyntaxKind.CloseBracketToken */, 5 /* SyntaxKind.CommaToken */]);
                }
                needsComma = true;
            }
            onArrayEnd();
            if (!isFirstElement) {
                _jsonPath.pop(); // remove array index
            }
            if (_scanner.getToken() !== 4 /* SyntaxKind.CloseBracketToken */) {
                handleError(8 /* ParseErrorCode.CloseBracketExpected */, [4 /* SyntaxKind.CloseBracketToken */], []);
            }
            else {
                scanNext(); // consume close bracket
            }
            return true;
        }
        function parseValue() {
            switch (_scanner.getToken()) {
                case 3 /* SyntaxKind.OpenBracketToken */:
                    return parseArray();
                case 1 /* SyntaxKind.OpenBraceToken */:
                    return parseObject();
                case 10 /* SyntaxKind.StringLiteral */:
                    return parseString(true);
                default:
                    return parseLiteral();
            }
        }
        scanNext();
        if (_scanner.getToken() === 17 /* SyntaxKind.EOF */) {
            if (options.allowEmptyContent) {
                return true;
            }
            handleError(4 /* ParseErrorCode.ValueExpected */, [], []);
            return false;
        }
        if (!parseValue()) {
            handleError(4 /* ParseErrorCode.ValueExpected */, [], []);
            return false;
        }
        if (_scanner.getToken() !== 17 /* SyntaxKind.EOF */) {
            handleError(9 /* ParseErrorCode.EndOfFileExpected */, [], []);
        }
        return true;
    }
    exports.visit = visit;
    /**
     * Takes JSON with JavaScript-style comments and remove
     * them. Optionally replaces every none-newline character
     * of comments with a replaceCharacter
     */
    function stripComments(text, replaceCh) {
        let _scanner = (0, scanner_1.createScanner)(text), parts = [], kind, offset = 0, pos;
        do {
            pos = _scanner.getPosition();
            kind = _scanner.scan();
            switch (kind) {
                case 12 /* SyntaxKind.LineCommentTrivia */:
                case 13 /* SyntaxKind.BlockCommentTrivia */:
                case 17 /* SyntaxKind.EOF */:
                    if (offset !== pos) {
                        parts.push(text.substring(offset, pos));
                    }
                    if (replaceCh !== undefined) {
                        parts.push(_scanner.getTokenValue().replace(/[^\r\n]/g, replaceCh));
                    }
                    offset = _scanner.getPosition();
                    break;
            }
        } while (kind !== 17 /* SyntaxKind.EOF */);
        return parts.join('');
    }
    exports.stripComments = stripComments;
    function getNodeType(value) {
        switch (typeof value) {
            case 'boolean': return 'boolean';
            case 'number': return 'number';
            case 'string': return 'string';
            case 'object': {
                if (!value) {
                    return 'null';
                }
                else if (Array.isArray(value)) {
                    return 'array';
                }
                return 'object';
            }
            default: return 'null';
        }
    }
    exports.getNodeType = getNodeType;
});


/***/ }),

/***/ 8525:
/***/ ((module, exports) => {

(function (factory) {
    if ( true && typeof module.exports === "object") {
        var v = factory(__WEBPACK_EXTERNAL_createRequire(import.meta.url), exports);
        if (v !== undefined) module.exports = v;
    }
    else if (typeof define === "function" && define.amd) {
        define(["require", "exports"], factory);
    }
})(function () {
    /*---------------------------------------------------------------------------------------------
     *  Copyright (c) Microsoft Corporation. All rights reserved.
     *  Licensed under the MIT License. See License.txt in the project root for license information.
     *--------------------------------------------------------------------------------------------*/
    'use strict';
    Object.defineProperty(exports, "__esModule", ({ value: true }));
    exports.createScanner = void 0;
    /**
     * Creates a JSON scanner on the given text.
     * If ignoreTrivia is set, whitespaces or comments are ignored.
     */
    function createScanner(text, ignoreTrivia = false) {
        const len = text.length;
        let pos = 0, value = '', tokenOffset = 0, token = 16 /* SyntaxKind.Unknown */, lineNumber = 0, lineStartOffset = 0, tokenLineStartOffset = 0, prevTokenLineStartOffset = 0, scanError = 0 /* ScanError.None */;
        function scanHexDigits(count, exact) {
            let digits = 0;
            let value = 0;
            while (digits < count || !exact) {
                let ch = text.charCodeAt(pos);
                if (ch >= 48 /* CharacterCodes._0 */ && ch <= 57 /* CharacterCodes._9 */) {
                    value = value * 16 + ch - 48 /* CharacterCodes._0 */;
                }
                else if (ch >= 65 /* CharacterCodes.A */ && ch <= 70 /* CharacterCodes.F */) {
                    value = value * 16 + ch - 65 /* CharacterCodes.A */ + 10;
                }
                else if (ch >= 97 /* CharacterCodes.a */ && ch <= 102 /* CharacterCodes.f */) {
                    value = value * 16 + ch - 97 /* CharacterCodes.a */ + 10;
                }
                else {
                    break;
                }
                pos++;
                digits++;
            }
            if (digits < count) {
                value = -1;
            }
            return value;
        }
        function setPosition(newPosition) {
            pos = newPosition;
            value = '';
            tokenOffset = 0;
            token = 16 /* SyntaxKind.Unknown */;
            scanError = 0 /* ScanError.None */;
        }
        function scanNumber() {
            let start = pos;
            if (text.charCodeAt(pos) === 48 /* CharacterCodes._0 */) {
                pos++;
            }
            else {
                pos++;
                while (pos < text.length && isDigit(text.charCodeAt(pos))) {
                    pos++;
                }
            }
            if (pos < text.length && text.charCodeAt(pos) === 46 /* CharacterCodes.dot */) {
                pos++;
                if (pos < text.length && isDigit(text.charCodeAt(pos))) {
                    pos++;
                    while (pos < text.length && isDigit(text.charCodeAt(pos))) {
                        pos++;
                    }
                }
                else {
                    scanError = 3 /* ScanError.UnexpectedEndOfNumber */;
                    return text.substring(start, pos);
                }
            }
            let end = pos;
            if (pos < text.length && (text.charCodeAt(pos) === 69 /* CharacterCodes.E */ || text.charCodeAt(pos) === 101 /* CharacterCodes.e */)) {
                pos++;
                if (pos < text.length && text.charCodeAt(pos) === 43 /* CharacterCodes.plus */ || text.charCodeAt(pos) === 45 /* CharacterCodes.minus */) {
                    pos++;
                }
                if (pos < text.length && isDigit(text.charCodeAt(pos))) {
                    pos++;
                    while (pos < text.length && isDigit(text.charCodeAt(pos))) {
                        pos++;
                    }
                    end = pos;
                }
                else {
                    scanError = 3 /* ScanError.UnexpectedEndOfNumber */;
                }
            }
            return text.substring(start, end);
        }
        function scanString() {
            let result = '', start = pos;
            while (true) {
                if (pos >= len) {
                    result += text.substring(start, pos);
                    scanError = 2 /* ScanError.UnexpectedEndOfString */;
                    break;
                }
                const ch = text.charCodeAt(pos);
                if (ch === 34 /* CharacterCodes.doubleQuote */) {
                    result += text.substring(start, pos);
                    pos++;
                    break;
                }
                if (ch === 92 /* CharacterCodes.backslash */) {
                    result += text.substring(start, pos);
                    pos++;
                    if (pos >= len) {
                        scanError = 2 /* ScanError.UnexpectedEndOfString */;
                        break;
                    }
                    const ch2 = text.charCodeAt(pos++);
                    switch (ch2) {
                        case 34 /* CharacterCodes.doubleQuote */:
                            result += '\"';
                            break;
                        case 92 /* CharacterCodes.backslash */:
                            result += '\\';
                            break;
                        case 47 /* CharacterCodes.slash */:
                            result += '/';
                            break;
                        case 98 /* CharacterCodes.b */:
                            result += '\b';
                            break;
                        case 102 /* CharacterCodes.f */:
                            result += '\f';
                            break;
                        case 110 /* CharacterCodes.n */:
                            result += '\n';
                            break;
                        case 114 /* CharacterCodes.r */:
                            result += '\r';
                            break;
                        case 116 /* CharacterCodes.t */:
                            result += '\t';
                            break;
                        case 117 /* CharacterCodes.u */:
                            const ch3 = scanHexDigits(4, true);
                            if (ch3 >= 0) {
                                result += String.fromCharCode(ch3);
                            }
                            else {
                                scanError = 4 /* ScanError.InvalidUnicode */;
                            }
                            break;
                        default:
                            scanError = 5 /* ScanError.InvalidEscapeCharacter */;
                    }
                    start = pos;
                    continue;
                }
                if (ch >= 0 && ch <= 0x1f) {
                    if (isLineBreak(ch)) {
                        result += text.substring(start, pos);
                        scanError = 2 /* ScanError.UnexpectedEndOfString */;
                        break;
                    }
                    else {
                        scanError = 6 /* ScanError.InvalidCharacter */;
                        // mark as error but continue with string
                    }
                }
                pos++;
            }
            return result;
        }
        function scanNext() {
            value = '';
            scanError = 0 /* ScanError.None */;
            tokenOffset = pos;
            lineStartOffset = lineNumber;
            prevTokenLineStartOffset = tokenLineStartOffset;
            if (pos >= len) {
                // at the end
                tokenOffset = len;
                return token = 17 /* SyntaxKind.EOF */;
            }
            let code = text.charCodeAt(pos);
            // trivia: whitespace
            if (isWhiteSpace(code)) {
                do {
                    pos++;
                    value += String.fromCharCode(code);
                    code = text.charCodeAt(pos);
                } while (isWhiteSpace(code));
                return token = 15 /* SyntaxKind.Trivia */;
            }
            // trivia: newlines
            if (isLineBreak(code)) {
                pos++;
                value += String.fromCharCode(code);
                if (code === 13 /* CharacterCodes.carriageReturn */ && text.charCodeAt(pos) === 10 /* CharacterCodes.lineFeed */) {
                    pos++;
                    value += '\n';
                }
                lineNumber++;
                tokenLineStartOffset = pos;
                return token = 14 /* SyntaxKind.LineBreakTrivia */;
            }
            switch (code) {
                // tokens: []{}:,
                case 123 /* CharacterCodes.openBrace */:
                    pos++;
                    return token = 1 /* SyntaxKind.OpenBraceToken */;
                case 125 /* CharacterCodes.closeBrace */:
                    pos++;
                    return token = 2 /* SyntaxKind.CloseBraceToken */;
                case 91 /* CharacterCodes.openBracket */:
                    pos++;
                    return token = 3 /* SyntaxKind.OpenBracketToken */;
                case 93 /* CharacterCodes.closeBracket */:
                    pos++;
                    return token = 4 /* SyntaxKind.CloseBracketToken */;
                case 58 /* CharacterCodes.colon */:
                    pos++;
                    return token = 6 /* SyntaxKind.ColonToken */;
                case 44 /* CharacterCodes.comma */:
                    pos++;
                    return token = 5 /* SyntaxKind.CommaToken */;
                // strings
                case 34 /* CharacterCodes.doubleQuote */:
                    pos++;
                    value = scanString();
                    return token = 10 /* SyntaxKind.StringLiteral */;
                // comments
                case 47 /* CharacterCodes.slash */:
                    const start = pos - 1;
                    // Single-line comment
                    if (text.charCodeAt(pos + 1) === 47 /* CharacterCodes.slash */) {
                        pos += 2;
                        while (pos < len) {
                            if (isLineBreak(text.charCodeAt(pos))) {
                                break;
                            }
                            pos++;
                        }
                        value = text.substring(start, pos);
                        return token = 12 /* SyntaxKind.LineCommentTrivia */;
                    }
                    // Multi-line comment
                    if (text.charCodeAt(pos + 1) === 42 /* CharacterCodes.asterisk */) {
                        pos += 2;
                        const safeLength = len - 1; // For lookahead.
                        let commentClosed = false;
                        while (pos < safeLength) {
                            const ch = text.charCodeAt(pos);
                            if (ch === 42 /* CharacterCodes.asterisk */ && text.charCodeAt(pos + 1) === 47 /* CharacterCodes.slash */) {
                                pos += 2;
                                commentClosed = true;
                                break;
                            }
                            pos++;
                            if (isLineBreak(ch)) {
                                if (ch === 13 /* CharacterCodes.carriageReturn */ && text.charCodeAt(pos) === 10 /* CharacterCodes.lineFeed */) {
                                    pos++;
                                }
                                lineNumber++;
                                tokenLineStartOffset = pos;
                            }
                        }
                        if (!commentClosed) {
                            pos++;
                            scanError = 1 /* ScanError.UnexpectedEndOfComment */;
                        }
                        value = text.substring(start, pos);
                        return token = 13 /* SyntaxKind.BlockCommentTrivia */;
                    }
                    // just a single slash
                    value += String.fromCharCode(code);
                    pos++;
                    return token = 16 /* SyntaxKind.Unknown */;
                // numbers
                case 45 /* CharacterCodes.minus */:
                    value += String.fromCharCode(code);
                    pos++;
                    if (pos === len || !isDigit(text.charCodeAt(pos))) {
                        return token = 16 /* SyntaxKind.Unknown */;
                    }
                // found a minus, followed by a number so
                // we fall through to proceed with scanning
                // numbers
                case 48 /* CharacterCodes._0 */:
                case 49 /* CharacterCodes._1 */:
                case 50 /* CharacterCodes._2 */:
                case 51 /* CharacterCodes._3 */:
                case 52 /* CharacterCodes._4 */:
                case 53 /* CharacterCodes._5 */:
                case 54 /* CharacterCodes._6 */:
                case 55 /* CharacterCodes._7 */:
                case 56 /* CharacterCodes._8 */:
                case 57 /* CharacterCodes._9 */:
                    value += scanNumber();
                    return token = 11 /* SyntaxKind.NumericLiteral */;
                // literals and unknown symbols
                default:
                    // is a literal? Read the full word.
                    while (pos < len && isUnknownContentCharacter(code)) {
                        pos++;
                        code = text.charCodeAt(pos);
                    }
                    if (tokenOffset !== pos) {
                        value = text.substring(tokenOffset, pos);
                        // keywords: true, false, null
                        switch (value) {
                            case 'true': return token = 8 /* SyntaxKind.TrueKeyword */;
                            case 'false': return token = 9 /* SyntaxKind.FalseKeyword */;
                            case 'null': return token = 7 /* SyntaxKind.NullKeyword */;
                        }
                        return token = 16 /* SyntaxKind.Unknown */;
                    }
                    // some
                    value += String.fromCharCode(code);
                    pos++;
                    return token = 16 /* SyntaxKind.Unknown */;
            }
        }
        function isUnknownContentCharacter(code) {
            if (isWhiteSpace(code) || isLineBreak(code)) {
                return false;
            }
            switch (code) {
                case 125 /* CharacterCodes.closeBrace */:
                case 93 /* CharacterCodes.closeBracket */:
                case 123 /* CharacterCodes.openBrace */:
                case 91 /* CharacterCodes.openBracket */:
                case 34 /* CharacterCodes.doubleQuote */:
                case 58 /* CharacterCodes.colon */:
                case 44 /* CharacterCodes.comma */:
                case 47 /* CharacterCodes.slash */:
                    return false;
            }
            return true;
        }
        function scanNextNonTrivia() {
            let result;
            do {
                result = scanNext();
            } while (result >= 12 /* SyntaxKind.LineCommentTrivia */ && result <= 15 /* SyntaxKind.Trivia */);
            return result;
        }
        return {
            setPosition: setPosition,
            getPosition: () => pos,
            scan: ignoreTrivia ? scanNextNonTrivia : scanNext,
            getToken: () => token,
            getTokenValue: () => value,
            getTokenOffset: () => tokenOffset,
            getTokenLength: () => pos - tokenOffset,
            getTokenStartLine: () => lineStartOffset,
            getTokenStartCharacter: () => tokenOffset - prevTokenLineStartOffset,
            getTokenError: () => scanError,
        };
    }
    exports.createScanner = createScanner;
    function isWhiteSpace(ch) {
        return ch === 32 /* CharacterCodes.space */ || ch === 9 /* CharacterCodes.tab */;
    }
    function isLineBreak(ch) {
        return ch === 10 /* CharacterCodes.lineFeed */ || ch === 13 /* CharacterCodes.carriageReturn */;
    }
    function isDigit(ch) {
        return ch >= 48 /* CharacterCodes._0 */ && ch <= 57 /* CharacterCodes._9 */;
    }
    var CharacterCodes;
    (function (CharacterCodes) {
        CharacterCodes[CharacterCodes["lineFeed"] = 10] = "lineFeed";
        CharacterCodes[CharacterCodes["carriageReturn"] = 13] = "carriageReturn";
        CharacterCodes[CharacterCodes["space"] = 32] = "space";
        CharacterCodes[CharacterCodes["_0"] = 48] = "_0";
        CharacterCodes[CharacterCodes["_1"] = 49] = "_1";
        CharacterCodes[CharacterCodes["_2"] = 50] = "_2";
        CharacterCodes[CharacterCodes["_3"] = 51] = "_3";
        CharacterCodes[CharacterCodes["_4"] = 52] = "_4";
        CharacterCodes[CharacterCodes["_5"] = 53] = "_5";
        CharacterCodes[CharacterCodes["_6"] = 54] = "_6";
        CharacterCodes[CharacterCodes["_7"] = 55] = "_7";
        CharacterCodes[CharacterCodes["_8"] = 56] = "_8";
        CharacterCodes[CharacterCodes["_9"] = 57] = "_9";
        CharacterCodes[CharacterCodes["a"] = 97] = "a";
        CharacterCodes[CharacterCodes["b"] = 98] = "b";
        CharacterCodes[CharacterCodes["c"] = 99] = "c";
        CharacterCodes[CharacterCodes["d"] = 100] = "d";
        CharacterCodes[CharacterCodes["e"] = 101] = "e";
        CharacterCodes[CharacterCodes["f"] = 102] = "f";
        CharacterCodes[CharacterCodes["g"] = 103] = "g";
        CharacterCodes[CharacterCodes["h"] = 104] = "h";
        CharacterCodes[CharacterCodes["i"] = 105] = "i";
        CharacterCodes[CharacterCodes["j"] = 106] = "j";
        CharacterCodes[CharacterCodes["k"] = 107] = "k";
        CharacterCodes[CharacterCodes["l"] = 108] = "l";
        CharacterCodes[CharacterCodes["m"] = 109] = "m";
        CharacterCodes[CharacterCodes["n"] = 110] = "n";
        CharacterCodes[CharacterCodes["o"] = 111] = "o";
        CharacterCodes[CharacterCodes["p"] = 112] = "p";
        CharacterCodes[CharacterCodes["q"] = 113] = "q";
        CharacterCodes[CharacterCodes["r"] = 114] = "r";
        CharacterCodes[CharacterCodes["s"] = 115] = "s";
        CharacterCodes[CharacterCodes["t"] = 116] = "t";
        CharacterCodes[CharacterCodes["u"] = 117] = "u";
        CharacterCodes[CharacterCodes["v"] = 118] = "v";
        CharacterCodes[CharacterCodes["w"] = 119] = "w";
        CharacterCodes[CharacterCodes["x"] = 120] = "x";
        CharacterCodes[CharacterCodes["y"] = 121] = "y";
        CharacterCodes[CharacterCodes["z"] = 122] = "z";
        CharacterCodes[CharacterCodes["A"] = 65] = "A";
        CharacterCodes[CharacterCodes["B"] = 66] = "B";
        CharacterCodes[CharacterCodes["C"] = 67] = "C";
        CharacterCodes[CharacterCodes["D"] = 68] = "D";
        CharacterCodes[CharacterCodes["E"] = 69] = "E";
        CharacterCodes[CharacterCodes["F"] = 70] = "F";
        CharacterCodes[CharacterCodes["G"] = 71] = "G";
        CharacterCodes[CharacterCodes["H"] = 72] = "H";
        CharacterCodes[CharacterCodes["I"] = 73] = "I";
        CharacterCodes[CharacterCodes["J"] = 74] = "J";
        CharacterCodes[CharacterCodes["K"] = 75] = "K";
        CharacterCodes[CharacterCodes["L"] = 76] = "L";
        CharacterCodes[CharacterCodes["M"] = 77] = "M";
        CharacterCodes[CharacterCodes["N"] = 78] = "N";
        CharacterCodes[CharacterCodes["O"] = 79] = "O";
        CharacterCodes[CharacterCodes["P"] = 80] = "P";
        CharacterCodes[CharacterCodes["Q"] = 81] = "Q";
        CharacterCodes[CharacterCodes["R"] = 82] = "R";
        CharacterCodes[CharacterCodes["S"] = 83] = "S";
        CharacterCodes[CharacterCodes["T"] = 84] = "T";
        CharacterCodes[CharacterCodes["U"] = 85] = "U";
        CharacterCodes[CharacterCodes["V"] = 86] = "V";
        CharacterCodes[CharacterCodes["W"] = 87] = "W";
        CharacterCodes[CharacterCodes["X"] = 88] = "X";
        CharacterCodes[CharacterCodes["Y"] = 89] = "Y";
        CharacterCodes[CharacterCodes["Z"] = 90] = "Z";
        CharacterCodes[CharacterCodes["asterisk"] = 42] = "asterisk";
        CharacterCodes[CharacterCodes["backslash"] = 92] = "backslash";
        CharacterCodes[CharacterCodes["closeBrace"] = 125] = "closeBrace";
        CharacterCodes[CharacterCodes["closeBracket"] = 93] = "closeBracket";
        CharacterCodes[CharacterCodes["colon"] = 58] = "colon";
        CharacterCodes[CharacterCodes["comma"] = 44] = "comma";
        CharacterCodes[CharacterCodes["dot"] = 46] = "dot";
        CharacterCodes[CharacterCodes["doubleQuote"] = 34] = "doubleQuote";
        CharacterCodes[CharacterCodes["minus"] = 45] = "minus";
        CharacterCodes[CharacterCodes["openBrace"] = 123] = "openBrace";
        CharacterCodes[CharacterCodes["openBracket"] = 91] = "openBracket";
        CharacterCodes[CharacterCodes["plus"] = 43] = "plus";
        CharacterCodes[CharacterCodes["slash"] = 47] = "slash";
        CharacterCodes[CharacterCodes["formFeed"] = 12] = "formFeed";
        CharacterCodes[CharacterCodes["tab"] = 9] = "tab";
    })(CharacterCodes || (CharacterCodes = {}));
});


/***/ }),

/***/ 4579:
/***/ ((module, exports) => {

(function (factory) {
    if ( true && typeof module.exports === "object") {
        var v = factory(__WEBPACK_EXTERNAL_createRequire(import.meta.url), exports);
        if (v !== undefined) module.exports = v;
    }
    else if (typeof define === "function" && define.amd) {
        define(["require", "exports"], factory);
    }
})(function () {
    "use strict";
    Object.defineProperty(exports, "__esModule", ({ value: true }));
    exports.supportedEols = exports.cachedBreakLinesWithSpaces = exports.cachedSpaces = void 0;
    exports.cachedSpaces = new Array(20).fill(0).map((_, index) => {
        return ' '.repeat(index);
    });
    const maxCachedValues = 200;
    exports.cachedBreakLinesWithSpaces = {
        ' ': {
            '\n': new Array(maxCachedValues).fill(0).map((_, index) => {
                return '\n' + ' '.repeat(index);
            }),
            '\r': new Array(maxCachedValues).fill(0).map((_, index) => {
                return '\r' + ' '.repeat(index);
            }),
            '\r\n': new Array(maxCachedValues).fill(0).map((_, index) => {
                return '\r\n' + ' '.repeat(index);
            }),
        },
        '\t': {
            '\n': new Array(maxCachedValues).fill(0).map((_, index) => {
                return '\n' + '\t'.repeat(index);
            }),
            '\r': new Array(maxCachedValues).fill(0).map((_, index) => {
                return '\r' + '\t'.repeat(index);
            }),
            '\r\n': new Array(maxCachedValues).fill(0).map((_, index) => {
                return '\r\n' + '\t'.repeat(index);
            }),
        }
    };
    exports.supportedEols = ['\n', '\r', '\r\n'];
});


/***/ }),

/***/ 9547:
/***/ ((module, exports, __nccwpck_require__) => {

(function (factory) {
    if ( true && typeof module.exports === "object") {
        var v = factory(__WEBPACK_EXTERNAL_createRequire(import.meta.url), exports);
        if (v !== undefined) module.exports = v;
    }
    else if (typeof define === "function" && define.amd) {
        define(["require", "exports", "./impl/format", "./impl/edit", "./impl/scanner", "./impl/parser"], factory);
    }
})(function () {
    /*---------------------------------------------------------------------------------------------
     *  Copyright (c) Microsoft Corporation. All rights reserved.
     *  Licensed under the MIT License. See License.txt in the project root for license information.
     *--------------------------------------------------------------------------------------------*/
    'use strict';
    Object.defineProperty(exports, "__esModule", ({ value: true }));
    exports.applyEdits = exports.modify = exports.format = exports.printParseErrorCode = exports.ParseErrorCode = exports.stripComments = exports.visit = exports.getNodeValue = exports.getNodePath = exports.findNodeAtOffset = exports.findNodeAtLocation = exports.parseTree = exports.parse = exports.getLocation = exports.SyntaxKind = exports.ScanError = exports.createScanner = void 0;
    const formatter = __nccwpck_require__(6612);
    const edit = __nccwpck_require__(4807);
    const scanner = __nccwpck_require__(8525);
    const parser = __nccwpck_require__(5152);
    /**
     * Creates a JSON scanner on the given text.
     * If ignoreTrivia is set, whitespaces or comments are ignored.
     */
    exports.createScanner = scanner.createScanner;
    var ScanError;
    (function (ScanError) {
        ScanError[ScanError["None"] = 0] = "None";
        ScanError[ScanError["UnexpectedEndOfComment"] = 1] = "UnexpectedEndOfComment";
        ScanError[ScanError["UnexpectedEndOfString"] = 2] = "UnexpectedEndOfString";
        ScanError[ScanError["UnexpectedEndOfNumber"] = 3] = "UnexpectedEndOfNumber";
        ScanError[ScanError["InvalidUnicode"] = 4] = "InvalidUnicode";
        ScanError[ScanError["InvalidEscapeCharacter"] = 5] = "InvalidEscapeCharacter";
        ScanError[ScanError["InvalidCharacter"] = 6] = "InvalidCharacter";
    })(ScanError || (exports.ScanError = ScanError = {}));
    var SyntaxKind;
    (function (SyntaxKind) {
        SyntaxKind[SyntaxKind["OpenBraceToken"] = 1] = "OpenBraceToken";
        SyntaxKind[SyntaxKind["CloseBraceToken"] = 2] = "CloseBraceToken";
        SyntaxKind[SyntaxKind["OpenBracketToken"] = 3] = "OpenBracketToken";
        SyntaxKind[SyntaxKind["CloseBracketToken"] = 4] = "CloseBracketToken";
        SyntaxKind[SyntaxKind["CommaToken"] = 5] = "CommaToken";
        SyntaxKind[SyntaxKind["ColonToken"] = 6] = "ColonToken";
        SyntaxKind[SyntaxKind["NullKeyword"] = 7] = "NullKeyword";
        SyntaxKind[SyntaxKind["TrueKeyword"] = 8] = "TrueKeyword";
        SyntaxKind[SyntaxKind["FalseKeyword"] = 9] = "FalseKeyword";
        SyntaxKind[SyntaxKind["StringLiteral"] = 10] = "StringLiteral";
        SyntaxKind[SyntaxKind["NumericLiteral"] = 11] = "NumericLiteral";
        SyntaxKind[SyntaxKind["LineCommentTrivia"] = 12] = "LineCommentTrivia";
        SyntaxKind[SyntaxKind["BlockCommentTrivia"] = 13] = "BlockCommentTrivia";
        SyntaxKind[SyntaxKind["LineBreakTrivia"] = 14] = "LineBreakTrivia";
        SyntaxKind[SyntaxKind["Trivia"] = 15] = "Trivia";
        SyntaxKind[SyntaxKind["Unknown"] = 16] = "Unknown";
        SyntaxKind[SyntaxKind["EOF"] = 17] = "EOF";
    })(SyntaxKind || (exports.SyntaxKind = SyntaxKind = {}));
    /**
     * For a given offset, evaluate the location in the JSON document. Each segment in the location path is either a property name or an array index.
     */
    exports.getLocation = parser.getLocation;
    /**
     * Parses the given text and returns the object the JSON content represents. On invalid input, the parser tries to be as fault tolerant as possible, but still return a result.
     * Therefore, always check the errors list to find out if the input was valid.
     */
    exports.parse = parser.parse;
    /**
     * Parses the given text and returns a tree representation the JSON content. On invalid input, the parser tries to be as fault tolerant as possible, but still return a result.
     */
    exports.parseTree = parser.parseTree;
    /**
     * Finds the node at the given path in a JSON DOM.
     */
    exports.findNodeAtLocation = parser.findNodeAtLocation;
    /**
     * Finds the innermost node at the given offset. If includeRightBound is set, also finds nodes that end at the given offset.
     */
    exports.findNodeAtOffset = parser.findNodeAtOffset;
    /**
     * Gets the JSON path of the given JSON DOM node
     */
    exports.getNodePath = parser.getNodePath;
    /**
     * Evaluates the JavaScript object of the given JSON DOM node
     */
    exports.getNodeValue = parser.getNodeValue;
    /**
     * Parses the given text and invokes the visitor functions for each object, array and literal reached.
     */
    exports.visit = parser.visit;
    /**
     * Takes JSON with JavaScript-style comments and remove
     * them. Optionally replaces every none-newline character
     * of comments with a replaceCharacter
     */
    exports.stripComments = parser.stripComments;
    var ParseErrorCode;
    (function (ParseErrorCode) {
        ParseErrorCode[ParseErrorCode["InvalidSymbol"] = 1] = "InvalidSymbol";
        ParseErrorCode[ParseErrorCode["InvalidNumberFormat"] = 2] = "InvalidNumberFormat";
        ParseErrorCode[ParseErrorCode["PropertyNameExpected"] = 3] = "PropertyNameExpected";
        ParseErrorCode[ParseErrorCode["ValueExpected"] = 4] = "ValueExpected";
        ParseErrorCode[ParseErrorCode["ColonExpected"] = 5] = "ColonExpected";
        ParseErrorCode[ParseErrorCode["CommaExpected"] = 6] = "CommaExpected";
        ParseErrorCode[ParseErrorCode["CloseBraceExpected"] = 7] = "CloseBraceExpected";
        ParseErrorCode[ParseErrorCode["CloseBracketExpected"] = 8] = "CloseBracketExpected";
        ParseErrorCode[ParseErrorCode["EndOfFileExpected"] = 9] = "EndOfFileExpected";
        ParseErrorCode[ParseErrorCode["InvalidCommentToken"] = 10] = "InvalidCommentToken";
        ParseErrorCode[ParseErrorCode["UnexpectedEndOfComment"] = 11] = "UnexpectedEndOfComment";
        ParseErrorCode[ParseErrorCode["UnexpectedEndOfString"] = 12] = "UnexpectedEndOfString";
        ParseErrorCode[ParseErrorCode["UnexpectedEndOfNumber"] = 13] = "UnexpectedEndOfNumber";
        ParseErrorCode[ParseErrorCode["InvalidUnicode"] = 14] = "InvalidUnicode";
        ParseErrorCode[ParseErrorCode["InvalidEscapeCharacter"] = 15] = "InvalidEscapeCharacter";
        ParseErrorCode[ParseErrorCode["InvalidCharacter"] = 16] = "InvalidCharacter";
    })(ParseErrorCode || (exports.ParseErrorCode = ParseErrorCode = {}));
    function printParseErrorCode(code) {
        switch (code) {
            case 1 /* ParseErrorCode.InvalidSymbol */: return 'InvalidSymbol';
            case 2 /* ParseErrorCode.InvalidNumberFormat */: return 'InvalidNumberFormat';
            case 3 /* ParseErrorCode.PropertyNameExpected */: return 'PropertyNameExpected';
            case 4 /* ParseErrorCode.ValueExpected */: return 'ValueExpected';
            case 5 /* ParseErrorCode.ColonExpected */: return 'ColonExpected';
            case 6 /* ParseErrorCode.CommaExpected */: return 'CommaExpected';
            case 7 /* ParseErrorCode.CloseBraceExpected */: return 'CloseBraceExpected';
            case 8 /* ParseErrorCode.CloseBracketExpected */: return 'CloseBracketExpected';
            case 9 /* ParseErrorCode.EndOfFileExpected */: return 'EndOfFileExpected';
            case 10 /* ParseErrorCode.InvalidCommentToken */: return 'InvalidCommentToken';
            case 11 /* ParseErrorCode.UnexpectedEndOfComment */: return 'UnexpectedEndOfComment';
            case 12 /* ParseErrorCode.UnexpectedEndOfString */: return 'UnexpectedEndOfString';
            case 13 /* ParseErrorCode.UnexpectedEndOfNumber */: return 'UnexpectedEndOfNumber';
            case 14 /* ParseErrorCode.InvalidUnicode */: return 'InvalidUnicode';
            case 15 /* ParseErrorCode.InvalidEscapeCharacter */: return 'InvalidEscapeCharacter';
            case 16 /* ParseErrorCode.InvalidCharacter */: return 'InvalidCharacter';
        }
        return '<unknown ParseErrorCode>';
    }
    exports.printParseErrorCode = printParseErrorCode;
    /**
     * Computes the edit operations needed to format a JSON document.
     *
     * @param documentText The input text
     * @param range The range to format or `undefined` to format the full content
     * @param options The formatting options
     * @returns The edit operations describing the formatting changes to the original document following the format described in {@linkcode EditResult}.
     * To apply the edit operations to the input, use {@linkcode applyEdits}.
     */
    function format(documentText, range, options) {
        return formatter.format(documentText, range, options);
    }
    exports.format = format;
    /**
     * Computes the edit operations needed to modify a value in the JSON document.
     *
     * @param documentText The input text
     * @param path The path of the value to change. The path represents either to the document root, a property or an array item.
     * If the path points to an non-existing property or item, it will be created.
     * @param value The new value for the specified property or item. If the value is undefined,
     * the property or item will be removed.
     * @param options Options
     * @returns The edit operations describing the changes to the original document, following the format described in {@linkcode EditResult}.
     * To apply the edit operations to the input, use {@linkcode applyEdits}.
     */
    function modify(text, path, value, options) {
        return edit.setProperty(text, path, value, options);
    }
    exports.modify = modify;
    /**
     * Applies edits to an input string.
     * @param text The input text
     * @param edits Edit operations following the format described in {@linkcode EditResult}.
     * @returns The text with the applied edits.
     * @throws An error if the edit operations are not well-formed as described in {@linkcode EditResult}.
     */
    function applyEdits(text, edits) {
        let sortedEdits = edits.slice(0).sort((a, b) => {
            const diff = a.offset - b.offset;
            if (diff === 0) {
                return a.length - b.length;
            }
            return diff;
        });
        let lastModifiedOffset = text.length;
        for (let i = sortedEdits.length - 1; i >= 0; i--) {
            let e = sortedEdits[i];
            if (e.offset + e.length <= lastModifiedOffset) {
                text = edit.applyEdit(text, e);
            }
            else {
                throw new Error('Overlapping edit');
            }
            lastModifiedOffset = e.offset;
        }
        return text;
    }
    exports.applyEdits = applyEdits;
});


/***/ }),

/***/ 2613:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("assert");

/***/ }),

/***/ 181:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("buffer");

/***/ }),

/***/ 5317:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("child_process");

/***/ }),

/***/ 4434:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("events");

/***/ }),

/***/ 9896:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");

/***/ }),

/***/ 8611:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("http");

/***/ }),

/***/ 5692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("https");

/***/ }),

/***/ 9278:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("net");

/***/ }),

/***/ 6970:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:assert");

/***/ }),

/***/ 6698:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:async_hooks");

/***/ }),

/***/ 4573:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:buffer");

/***/ }),

/***/ 1421:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");

/***/ }),

/***/ 7540:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:console");

/***/ }),

/***/ 7598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 3053:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:diagnostics_channel");

/***/ }),

/***/ 610:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:dns");

/***/ }),

/***/ 8474:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:events");

/***/ }),

/***/ 3024:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 7067:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");

/***/ }),

/***/ 2467:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http2");

/***/ }),

/***/ 7030:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");

/***/ }),

/***/ 8161:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");

/***/ }),

/***/ 6760:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");

/***/ }),

/***/ 643:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:perf_hooks");

/***/ }),

/***/ 1792:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:querystring");

/***/ }),

/***/ 7075:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");

/***/ }),

/***/ 8500:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");

/***/ }),

/***/ 1692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");

/***/ }),

/***/ 3136:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:url");

/***/ }),

/***/ 7975:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");

/***/ }),

/***/ 3429:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util/types");

/***/ }),

/***/ 5919:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:worker_threads");

/***/ }),

/***/ 8522:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");

/***/ }),

/***/ 857:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");

/***/ }),

/***/ 6928:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");

/***/ }),

/***/ 932:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("process");

/***/ }),

/***/ 3193:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("string_decoder");

/***/ }),

/***/ 3557:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("timers");

/***/ }),

/***/ 4756:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tls");

/***/ }),

/***/ 9023:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util");

/***/ }),

/***/ 5433:
/***/ ((__webpack_module__, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6760);
/* harmony import */ var node_url__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(3136);
/* harmony import */ var _inputs_command_line_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(4935);
/* harmony import */ var _inputs_event_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(2577);
/* harmony import */ var _inputs_help_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(8894);
/* harmony import */ var _inputs_inputs_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(1699);
/* harmony import */ var _lib_files_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(5312);
/* harmony import */ var _lib_nearest_js__WEBPACK_IMPORTED_MODULE_20__ = __nccwpck_require__(5785);
/* harmony import */ var _lib_wording_js__WEBPACK_IMPORTED_MODULE_21__ = __nccwpck_require__(1067);
/* harmony import */ var _pipeline_js__WEBPACK_IMPORTED_MODULE_8__ = __nccwpck_require__(684);
/* harmony import */ var _report_explain_js__WEBPACK_IMPORTED_MODULE_9__ = __nccwpck_require__(6677);
/* harmony import */ var _report_files_js__WEBPACK_IMPORTED_MODULE_10__ = __nccwpck_require__(2469);
/* harmony import */ var _report_links_js__WEBPACK_IMPORTED_MODULE_11__ = __nccwpck_require__(5731);
/* harmony import */ var _report_report_js__WEBPACK_IMPORTED_MODULE_12__ = __nccwpck_require__(7154);
/* harmony import */ var _report_sarif_js__WEBPACK_IMPORTED_MODULE_13__ = __nccwpck_require__(8255);
/* harmony import */ var _report_terminal_js__WEBPACK_IMPORTED_MODULE_14__ = __nccwpck_require__(2837);
/* harmony import */ var _report_text_js__WEBPACK_IMPORTED_MODULE_15__ = __nccwpck_require__(1803);
/* harmony import */ var _report_workflow_commands_js__WEBPACK_IMPORTED_MODULE_16__ = __nccwpck_require__(9748);
/* harmony import */ var _report_wrap_js__WEBPACK_IMPORTED_MODULE_17__ = __nccwpck_require__(2808);
/* harmony import */ var _rules_catalogue_js__WEBPACK_IMPORTED_MODULE_18__ = __nccwpck_require__(1979);
/* harmony import */ var _workspace_whereabouts_js__WEBPACK_IMPORTED_MODULE_19__ = __nccwpck_require__(8464);






















/** The terminal's entry: the same inputs as flags, the same pipeline, a readable report. Returns the exit code. */
async function main(args) {
    const line = (0,_inputs_command_line_js__WEBPACK_IMPORTED_MODULE_3__/* .parseCommandLine */ .Du)(args);
    if (line.command === 'version')
        return print(`${ownVersion()}\n`);
    if (line.command === 'help')
        return print(line.topic === undefined ? (0,_inputs_help_js__WEBPACK_IMPORTED_MODULE_5__/* .renderHelp */ .W5)() : (0,_inputs_help_js__WEBPACK_IMPORTED_MODULE_5__/* .renderCommandHelp */ .fd)(line.topic, _inputs_command_line_js__WEBPACK_IMPORTED_MODULE_3__/* .SECRETS */ .cW));
    if (line.command === 'explain')
        return explain(line.rule, (0,_report_wrap_js__WEBPACK_IMPORTED_MODULE_17__/* .pageOf */ .ZZ)(process.stdout, process.env));
    const root = repositoryAt(line.path);
    if (line.command === 'init') {
        const { init } = await Promise.all(/* import() */[__nccwpck_require__.e(815), __nccwpck_require__.e(119)]).then(__nccwpck_require__.bind(__nccwpck_require__, 9119));
        const made = await init(root, line.flags);
        if (!made.isWritten)
            return print(made.text);
        const { renderInit } = await __nccwpck_require__.e(/* import() */ 918).then(__nccwpck_require__.bind(__nccwpck_require__, 2918));
        return print(renderInit(made, await checkAfterInit(root, made.file)));
    }
    const inputs = inputsOf(line);
    const onOutput = whatGoesToOutput(line.format, inputs);
    const report = await (0,_pipeline_js__WEBPACK_IMPORTED_MODULE_8__/* .runPipeline */ .a)(inputs, {
        root,
        event: (0,_inputs_event_js__WEBPACK_IMPORTED_MODULE_4__/* .readEvent */ .j_)(process.env),
        ...(line.since !== undefined && { since: line.since }),
        rulesUrl: (0,_report_links_js__WEBPACK_IMPORTED_MODULE_11__/* .rulesUrlFrom */ .tC)(process.env),
        log: line.quiet ? () => undefined : log,
    });
    show(report, { line, inputs, root, people: onOutput.length === 0 ? process.stdout : process.stderr });
    const unwritten = writeFiles(report, inputs, root);
    for (const problem of unwritten)
        log(problem);
    return (0,_report_report_js__WEBPACK_IMPORTED_MODULE_12__/* .isFailed */ .Ix)(report, inputs) || unwritten.length > 0 ? 1 : 0;
}
const BUNDLE = (0,node_url__WEBPACK_IMPORTED_MODULE_2__.fileURLToPath)(import.meta.url);
function log(text) {
    process.stderr.write(`${(0,_report_text_js__WEBPACK_IMPORTED_MODULE_15__/* .visible */ .R)(text)}\n`);
}
/** Returns the Tailchat repository at or around a path. */
function repositoryAt(path) {
    const directory = existingDirectory(path);
    const root = (0,_workspace_whereabouts_js__WEBPACK_IMPORTED_MODULE_19__/* .tailchatAround */ .Ke)(directory) ?? directory;
    if (root !== directory)
        log(`${path} is a part of the Tailchat repository ${root}: that is what is looked at.`);
    return root;
}
/** Checks the repository with the declarations that it has now. */
function checkAfterInit(root, declarations) {
    const inputs = (0,_inputs_inputs_js__WEBPACK_IMPORTED_MODULE_6__/* .parseInputs */ .TL)((name) => (name === 'declarations' ? declarations : ''));
    return (0,_pipeline_js__WEBPACK_IMPORTED_MODULE_8__/* .runPipeline */ .a)(inputs, { root, event: (0,_inputs_event_js__WEBPACK_IMPORTED_MODULE_4__/* .readEvent */ .j_)({}), rulesUrl: '', log: () => undefined });
}
/** Reads the inputs from the flags, and secrets from the environment. */
function inputsOf(line) {
    const { command, path, flags } = line;
    return withTask(line, (name) => {
        if (name === 'mode')
            return onlyHere.has(command) ? 'sync' : command;
        if (name === 'path')
            return path;
        const secret = _inputs_command_line_js__WEBPACK_IMPORTED_MODULE_3__/* .SECRETS */ .cW[name];
        return (secret === undefined ? flags[name] : process.env[secret]) ?? '';
    });
}
/**
 * Returns the flags that send something else than the readable report to standard output.
 * @throws {UsageError} when there are several
 */
function whatGoesToOutput(format, inputs) {
    const flags = [
        ...(format === 'stylish' ? [] : [`--format ${format}`]),
        ...(inputs.reportFile === '-' ? ['--report-file -'] : []),
        ...(inputs.sarifFile === '-' ? ['--sarif-file -'] : []),
    ];
    if (flags.length > 1)
        throw new _inputs_inputs_js__WEBPACK_IMPORTED_MODULE_6__/* .UsageError */ .eb([`${flags.join(' and ')}: only one of them can go to standard output`]);
    return flags;
}
/** Prints the report in the format that was asked for. */
function show(report, { line: { format, quiet }, inputs, root, people }) {
    const readable = (0,_report_terminal_js__WEBPACK_IMPORTED_MODULE_14__/* .renderTerminal */ .b)(report, {
        ...(0,_report_wrap_js__WEBPACK_IMPORTED_MODULE_17__/* .pageOf */ .ZZ)(people, process.env),
        rulesUrl: (0,_report_links_js__WEBPACK_IMPORTED_MODULE_11__/* .rulesFile */ .WJ)(BUNDLE),
        gate: inputs,
        howToFix: '`tailchat-plugins sync --fix`',
        quiet,
        sourceLine: (file, number) => (0,_lib_files_js__WEBPACK_IMPORTED_MODULE_7__/* .repositoryText */ .g_)(root, file)?.split('\n', number)[number - 1],
    });
    if (format === 'stylish')
        people.write(readable);
    if (format === 'github')
        print((0,_report_workflow_commands_js__WEBPACK_IMPORTED_MODULE_16__/* .renderWorkflowCommands */ .e)(report));
    if (format === 'json' || inputs.reportFile === '-')
        print((0,_report_files_js__WEBPACK_IMPORTED_MODULE_10__/* .renderJson */ .h)(report));
    if (inputs.sarifFile === '-')
        print((0,_report_sarif_js__WEBPACK_IMPORTED_MODULE_13__/* .renderSarif */ .W)(report, (0,_rules_catalogue_js__WEBPACK_IMPORTED_MODULE_18__/* .allRules */ .V7)(), '.'));
}
/** Writes the report files. @returns why some could not be written */
function writeFiles(report, { reportFile, sarifFile }, root) {
    const toFile = (file) => (file === '-' ? '' : file);
    return (0,_report_files_js__WEBPACK_IMPORTED_MODULE_10__/* .writeReportFiles */ .t)(report, { reportFile: toFile(reportFile), sarifFile: toFile(sarifFile) }, {
        directory: process.cwd(),
        // A user at the terminal may write anywhere, but a path inside the repository must stay there.
        within: (file) => [(0,_lib_files_js__WEBPACK_IMPORTED_MODULE_7__/* .isInside */ .FK)(root, file) ? root : (0,node_path__WEBPACK_IMPORTED_MODULE_1__.parse)(file).root],
        path: '.',
    });
}
/** Commands that the action has no mode for. */
const onlyHere = new Set(['add', 'remove', 'outdated']);
/** The inputs, with what the command line names. */
function withTask({ command, subject, plugin }, read) {
    const inputs = (0,_inputs_inputs_js__WEBPACK_IMPORTED_MODULE_6__/* .parseInputs */ .TL)(read);
    const mode = command === 'add' || command === 'remove' || command === 'outdated' ? command : inputs.mode;
    // A path is meant from where the user is, and not from the repository.
    const isPath = command === 'add' && /^\.{0,2}\/|^\.{1,2}(?:#|$)/.test(subject);
    return { ...inputs, mode, task: { subject: isPath ? (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(subject) : subject, plugin } };
}
function print(text) {
    process.stdout.write(text);
    return 0;
}
function explain(id, page) {
    const rules = (0,_rules_catalogue_js__WEBPACK_IMPORTED_MODULE_18__/* .allRules */ .V7)();
    const rule = rules.find((each) => each.id === id);
    if (rule)
        return print((0,_report_explain_js__WEBPACK_IMPORTED_MODULE_9__/* .renderRule */ .b)(rule, page));
    const ids = rules.map((each) => each.id);
    const meant = (0,_lib_nearest_js__WEBPACK_IMPORTED_MODULE_20__/* .nearest */ .p)(id, ids) ?? ids.find((each) => each.endsWith(`/${id}`));
    throw new _inputs_inputs_js__WEBPACK_IMPORTED_MODULE_6__/* .UsageError */ .eb([
        `unknown rule ${JSON.stringify(id)}${meant === undefined ? ': docs/rules.md has them all' : `: did you mean ${meant}?`}`,
    ]);
}
/** Returns the version in the package.json of this tool, two directories above the bundle. */
function ownVersion() {
    const file = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(BUNDLE), '..', '..', 'package.json');
    return JSON.parse((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(file, 'utf8')).version;
}
function existingDirectory(path) {
    if (!(0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(path))
        throw new _inputs_inputs_js__WEBPACK_IMPORTED_MODULE_6__/* .UsageError */ .eb([`${path} does not exist`]);
    if (!(0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(path).isDirectory())
        throw new _inputs_inputs_js__WEBPACK_IMPORTED_MODULE_6__/* .UsageError */ .eb([`${path} is not a directory`]);
    return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.realpathSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(path));
}
// A reader such as `head` may close the stream early: that is not a failure, and a deploy goes on.
for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error) => {
        if (error.code !== 'EPIPE')
            throw error;
    });
const commandLine = process.argv.slice(2);
try {
    process.exitCode = await main(commandLine);
}
catch (error) {
    if (error instanceof _inputs_inputs_js__WEBPACK_IMPORTED_MODULE_6__/* .UsageError */ .eb) {
        const command = _inputs_help_js__WEBPACK_IMPORTED_MODULE_5__/* .COMMANDS */ .Lo.find((each) => commandLine.includes(each));
        const help = `tailchat-plugins help${command === undefined ? '' : ` ${command}`}`;
        process.stderr.write(`${error.problems.map(_inputs_command_line_js__WEBPACK_IMPORTED_MODULE_3__/* .inWordsOfTerminal */ .o6).map(_report_text_js__WEBPACK_IMPORTED_MODULE_15__/* .visible */ .R).join('\n')}\n${(0,_inputs_help_js__WEBPACK_IMPORTED_MODULE_5__/* .usageOf */ .Fs)(command)}; see \`${help}\`\n`);
        process.exitCode = 2;
    }
    else {
        process.stderr.write(`unexpected failure: ${(0,_report_text_js__WEBPACK_IMPORTED_MODULE_15__/* .visible */ .R)((0,_lib_wording_js__WEBPACK_IMPORTED_MODULE_21__/* .messageOf */ .bD)(error))}\n`);
        process.exitCode = 1;
    }
}

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 3167:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Iq: () => (/* binding */ desiredState),
/* harmony export */   UK: () => (/* binding */ registrationsIn),
/* harmony export */   fq: () => (/* binding */ canBeOffered),
/* harmony export */   kd: () => (/* binding */ isOffered)
/* harmony export */ });
/**
 * Joins the tree and the declarations.
 * @param undeclared `offer`: a plugin that is neither registered nor declared gets its kind's usual place
 */
function desiredState(workspace, declarations, undeclared) {
    const registrationOf = registrationsIn(workspace);
    const plugins = workspace.plugins.map((plugin) => {
        const declaration = declarations.plugins.get(plugin.name);
        const oldName = plugin.web && declaration?.renamedFrom;
        const isTaken = oldName !== undefined && workspace.plugins.some(({ name }) => name === oldName);
        const renamedFrom = isTaken ? undefined : oldName;
        const today = registrationOf(plugin, renamedFrom);
        const offerNow = undeclared === 'offer' && !declaration && canBeOffered(plugin) && !isOffered(today);
        const offer = offerNow ? ['registry'] : declaration?.offer;
        const wanted = offer && plugin.web ? registrationFor(plugin, offer, today) : today;
        return {
            plugin,
            // Without registration files, what the image lists follows from what is wanted.
            today: workspace.pluginsOnly ? { ...wanted, builtin: 'no' } : today,
            renamedFrom,
            refresh: plugin.web !== undefined && declaration?.refresh === true,
            wanted,
            declared: declaration !== undefined,
            expectServices: declaration?.services !== 'dev',
            offer: offerOf(plugin, wanted),
        };
    });
    return { declarations, plugins, pluginsOnly: workspace.pluginsOnly };
}
/** Gives where a plugin is listed today, under its name or the one that it had before. */
function registrationsIn(workspace) {
    const registry = new Set(workspace.registry?.entries.map(({ name }) => name));
    const installed = new Set(workspace.installLists.flatMap(({ names }) => names.map(({ name }) => name)));
    const builtin = new Map();
    const list = workspace.builtin?.list;
    for (const { name, conditional } of list?.understood ? list.entries : [])
        if (name !== undefined && builtin.get(name) !== 'yes')
            builtin.set(name, conditional ? 'conditional' : 'yes');
    return ({ name, kind }, renamedFrom) => {
        const names = renamedFrom === undefined ? [name] : [name, renamedFrom];
        const entries = names.map((each) => builtin.get(each));
        return {
            registry: names.some((each) => registry.has(each)),
            install: kind === 'fullstack' && [...names, 'all'].some((each) => installed.has(each)),
            builtin: entries.includes('yes') ? 'yes' : entries.includes('conditional') ? 'conditional' : 'no',
        };
    };
}
/** Whether any list offers the plugin. */
function isOffered(registration) {
    return registration.registry || registration.install || registration.builtin !== 'no';
}
/**
 * Whether offering the plugin without being asked makes sense: it has a browser side with a manifest, and where
 * it stands under server/plugins a service that production loads. This is the rule that the maintainers' own
 * install list follows (it leaves out plugins whose services are for development only).
 */
function canBeOffered(plugin) {
    if (!plugin.web?.manifest)
        return false;
    return plugin.kind === 'frontend' || plugin.services.some(({ loadedIn }) => loadedIn === 'production');
}
/** The lists that an offer means for a plugin of this kind (see the table in docs/declarations.md). */
function registrationFor(plugin, offer, today) {
    if (offer.includes('hidden'))
        return { registry: false, install: false, builtin: 'no' };
    const fullstack = plugin.kind === 'fullstack';
    return {
        registry: !fullstack && offer.includes('registry'),
        install: fullstack,
        // An entry behind a condition counts as builtin, and stays whatever else is asked for.
        builtin: today.builtin === 'conditional' ? 'conditional' : offer.includes('builtin') ? 'yes' : 'no',
    };
}
/** One word for the report; a plugin that only a conditional entry offers counts as builtin. */
function offerOf(plugin, registration) {
    if (registration.builtin === 'yes')
        return 'builtin';
    if (plugin.kind === 'fullstack' ? registration.install : registration.registry)
        return 'registry';
    return registration.builtin === 'conditional' ? 'builtin' : 'hidden';
}


/***/ }),

/***/ 8406:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ LOCK_FILE)
/* harmony export */ });
/**
 * The file that names the plugins from elsewhere and the digest of their files, relative to the repository's root. It has a
 * module of its own, so that a check of a repository without it loads no parser for it.
 */
const LOCK_FILE = 'tailchat-plugins.lock';


/***/ }),

/***/ 2980:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   WY: () => (/* binding */ isLeftOut),
/* harmony export */   Zc: () => (/* binding */ readTree),
/* harmony export */   b1: () => (/* binding */ LIMITS),
/* harmony export */   gX: () => (/* binding */ withLineFeeds),
/* harmony export */   u8: () => (/* binding */ hashOfTree)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(6760);
/* harmony import */ var _lib_files_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(5312);
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(2184);





/** What a plugin may be at most: far more than any that is known (the largest has 3 MB). */
const LIMITS = { files: 2000, fileBytes: 5 * 1024 * 1024, bytes: 24 * 1024 * 1024 };
/**
 * What is taken over from nowhere and counts nowhere: what package managers, git and editors make or obey. A
 * .gitattributes or .gitignore could keep files out of a commit or out of a review, an .npmrc say where packages come from.
 */
const LEFT_OUT = new Set([
    'node_modules',
    '.npmrc',
    '.yarnrc',
    '.yarnrc.yml',
    '.pnpmfile.cjs',
    '.pnp.cjs',
    'pnpm-workspace.yaml',
    'pnpm-lock.yaml',
    'package-lock.json',
    'npm-shrinkwrap.json',
    'yarn.lock',
    'bun.lock',
    '.gitignore',
    '.gitattributes',
    '.gitmodules',
    '.DS_Store',
    'Thumbs.db',
]);
/** Whether a file of a plugin is left out: a directory of a dot is an editor's, a tool's or git's. */
function isLeftOut(path) {
    const parts = path.split('/');
    return parts.some((part) => LEFT_OUT.has(part)) || parts.slice(0, -1).some((part) => /^\.[^.]/.test(part));
}
/**
 * Returns the digest of files: their paths, sorted, and their contents. Line endings don't count, since git may check
 * out others; neither do modes, since not every file system keeps them and nothing of a plugin is run as a program.
 */
function hashOfTree(tree) {
    const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256');
    for (const [path, content] of [...tree].sort(([a], [b]) => (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_4__/* .compare */ .UD)(a, b))) {
        const digest = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(withLineFeeds(content)).digest('hex');
        hash.update(`${digest} ${path}\n`);
    }
    return `sha256-${hash.digest('hex')}`;
}
/** A text with the line endings that git stores; bytes that are no text stay. */
function withLineFeeds(content) {
    if (content.includes(0) || !content.includes('\r\n'))
        return content;
    return Buffer.from(content.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
}
/**
 * Reads the files of directories as they are on the disk.
 * @param root absolute path of the repository
 * @param directories relative to it; one that does not exist has no files
 * @returns the files, by their paths from `root`; links are named, not followed
 */
function readTree(root, directories) {
    const tree = new Map();
    const links = [];
    let bytes = 0;
    const walk = (directory, depth) => {
        for (const { name } of (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readdirSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(root, directory), { withFileTypes: true })) {
            const path = `${directory}/${name}`;
            const stat = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.lstatSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(root, path));
            // Below the directory itself: it may lie in one whose name begins with a dot.
            if (isLeftOut(stat.isDirectory() ? `${name}/` : name))
                continue;
            if (stat.isDirectory() && depth < 20)
                walk(path, depth + 1);
            else if (stat.isFile()) {
                bytes += stat.size;
                if (tree.size >= 2 * LIMITS.files || bytes > 4 * LIMITS.bytes)
                    throw new Error(`${directory} holds more than is read of a plugin`);
                tree.set(path, (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readFileSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(root, path)));
            }
            else
                links.push(path);
        }
    };
    for (const directory of directories) {
        const path = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(root, directory);
        if (!(0,node_fs__WEBPACK_IMPORTED_MODULE_1__.lstatSync)(path, { throwIfNoEntry: false })?.isDirectory())
            continue;
        // A link above it may lead out of the repository.
        if ((0,_lib_files_js__WEBPACK_IMPORTED_MODULE_3__/* .isInside */ .FK)((0,node_fs__WEBPACK_IMPORTED_MODULE_1__.realpathSync)(root), (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.realpathSync)(path)))
            walk(directory, 0);
        else
            links.push(directory);
    }
    return { tree, links };
}


/***/ }),

/***/ 5519:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   WH: () => (/* binding */ readVendored),
/* harmony export */   fq: () => (/* binding */ withoutIgnored),
/* harmony export */   lT: () => (/* binding */ requested)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6760);
/* harmony import */ var _lib_files_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(5312);
/* harmony import */ var _lib_transaction_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(1947);
/* harmony import */ var _lib_wording_js__WEBPACK_IMPORTED_MODULE_8__ = __nccwpck_require__(1067);
/* harmony import */ var _tailchat_layout_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(2876);
/* harmony import */ var _workspace_ignored_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(8031);
/* harmony import */ var _lock_file_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(8406);
/* harmony import */ var _tree_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(2980);









/** Compares the lock with the disk; `undefined` where there is no lock and nothing that asks for one. */
async function readVendored(workspace, declarations) {
    const { root } = workspace;
    const interrupted = (0,_lib_transaction_js__WEBPACK_IMPORTED_MODULE_3__/* .isInterrupted */ .fT)(root);
    const file = (0,_lib_files_js__WEBPACK_IMPORTED_MODULE_2__/* .readRepositoryFile */ .tz)(root, _lock_file_js__WEBPACK_IMPORTED_MODULE_7__/* .LOCK_FILE */ .F);
    if ('missing' in file)
        return interrupted ? { problems: [], plugins: [], interrupted } : undefined;
    const lock = 'text' in file ? await readLockText(file.text) : unreadable(file.reason);
    const plugins = [];
    for (const [name, locked] of lock.plugins) {
        const directories = Object.keys(locked.directories);
        plugins.push({
            name,
            locked,
            position: lock.positions.get(name) ?? { file: _lock_file_js__WEBPACK_IMPORTED_MODULE_7__/* .LOCK_FILE */ .F, line: 1, column: 1 },
            ...(await filesOf(root, directories, locked.tree)),
            patched: declarations.plugins.get(name)?.patched,
            others: (0,_tailchat_layout_js__WEBPACK_IMPORTED_MODULE_4__/* .pluginParents */ .ZX)(workspace.pluginsOnly)
                .map((parent) => `${parent}/${name}`)
                .filter((directory) => !directories.includes(directory) && isDirectory((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, directory))),
        });
    }
    return { problems: lock.problems, plugins, interrupted };
}
/** Loads the parser only for a repository that has a lock. */
async function readLockText(text) {
    const { parseLock } = await Promise.all(/* import() */[__nccwpck_require__.e(816), __nccwpck_require__.e(815), __nccwpck_require__.e(693)]).then(__nccwpck_require__.bind(__nccwpck_require__, 1693));
    return parseLock({ path: _lock_file_js__WEBPACK_IMPORTED_MODULE_7__/* .LOCK_FILE */ .F, text });
}
function unreadable(reason) {
    const position = { file: _lock_file_js__WEBPACK_IMPORTED_MODULE_7__/* .LOCK_FILE */ .F, line: 1, column: 1 };
    return { plugins: new Map(), positions: new Map(), problems: [{ position, message: `it ${reason}` }] };
}
async function filesOf(root, directories, expected) {
    try {
        const { tree, links } = (0,_tree_js__WEBPACK_IMPORTED_MODULE_6__/* .readTree */ .Zc)(root, directories);
        if (tree.size === 0)
            return { found: undefined, links };
        const found = (0,_tree_js__WEBPACK_IMPORTED_MODULE_6__/* .hashOfTree */ .u8)(tree);
        return { found: found === expected ? found : (0,_tree_js__WEBPACK_IMPORTED_MODULE_6__/* .hashOfTree */ .u8)(await withoutIgnored(root, tree)), links };
    }
    catch (error) {
        return { found: undefined, links: [], unreadable: (0,_lib_wording_js__WEBPACK_IMPORTED_MODULE_8__/* .messageOf */ .bD)(error) };
    }
}
/** What git ignores is in no commit: what a build or an editor leaves here is no change. */
async function withoutIgnored(root, tree) {
    const ignored = new Set(await (0,_workspace_ignored_js__WEBPACK_IMPORTED_MODULE_5__/* .ignoredByGit */ .k)(root, [...tree.keys()]));
    return ignored.size === 0 ? tree : new Map([...tree].filter(([path]) => !ignored.has(path)));
}
function isDirectory(path) {
    return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
/** Says in a few words what was taken from where. */
function requested({ source, ref, commit, version }) {
    const what = version ?? (commit === undefined ? undefined : commit.slice(0, 12));
    return `${source}${ref === undefined ? '' : `#${ref}`}${what === undefined ? '' : ` (${what})`}`;
}


/***/ }),

/***/ 1512:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ noDeclarations)
/* harmony export */ });
const noDeclarations = {
    file: undefined,
    plugins: new Map(),
    rules: new Map(),
    rulePositions: new Map(),
    problems: [],
};


/***/ }),

/***/ 3852:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ readRunInstructions),
/* harmony export */   h: () => (/* binding */ baseOfLastStage)
/* harmony export */ });
/* harmony import */ var jsonc_parser__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9547);
/* harmony import */ var _lib_mapped_text_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9966);
/* harmony import */ var _shell_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(9142);



const HEREDOC = /<<-?(?:"([A-Za-z_]\w*)"|'([A-Za-z_]\w*)'|([A-Za-z_]\w*))/g;
/**
 * The RUN instructions of a Dockerfile. Lines that end in a backslash go on; comments and empty lines between them
 * are no part of the instruction.
 * @see https://docs.docker.com/reference/dockerfile/#format
 */
function readRunInstructions(dockerfile) {
    const { text } = dockerfile;
    const runs = [];
    // Another character in the place of the backslash: nothing can be told about where a line ends.
    const isUsual = !/^(?:\uFEFF)?(?:[ \t]*#[^\n]*\n)*[ \t]*#[ \t]*escape[ \t]*=[ \t]*[^\\\s]/i.test(text);
    const lines = linesOf(text);
    const nextLine = lineFinder(lines.map(({ start, end }) => text.slice(start, end).trim()));
    for (let index = 0; index < lines.length; index++) {
        const first = lines[index];
        if (!first || isSkipped(text.slice(first.start, first.end)))
            continue;
        const parts = [];
        let last = first;
        for (; index < lines.length; index++) {
            const line = lines[index] ?? first;
            const content = text.slice(line.start, line.end);
            if (line !== first && isSkipped(content))
                continue;
            last = line;
            const continued = /\\[ \t]*$/.exec(content);
            parts.push((0,_lib_mapped_text_js__WEBPACK_IMPORTED_MODULE_1__/* .mapSlice */ .j5)(text, line.start, line.start + (continued?.index ?? content.length)));
            if (!continued)
                break;
        }
        const instruction = (0,_lib_mapped_text_js__WEBPACK_IMPORTED_MODULE_1__/* .joinMapped */ .ez)(parts);
        const [lead = '', keyword = ''] = /^\uFEFF?[ \t]*(\w+)/.exec(instruction.text) ?? [];
        let isHeredoc = false;
        for (const [, double, single, bare] of /^(?:RUN|COPY|ADD)$/i.test(keyword)
            ? instruction.text.matchAll(HEREDOC)
            : []) {
            const end = nextLine(double ?? single ?? bare ?? '', index);
            // Without its end it is text like any other.
            if (end === undefined)
                continue;
            isHeredoc = true;
            index = end;
            last = lines[end] ?? last;
        }
        if (!/^RUN$/i.test(keyword))
            continue;
        const run = withoutOptions((0,_lib_mapped_text_js__WEBPACK_IMPORTED_MODULE_1__/* .sliceMapped */ .Mk)(instruction, lead.length));
        const words = jsonWords(run);
        runs.push({
            start: first.start,
            end: last.end,
            isJson: words !== undefined,
            commands: isUsual && !isHeredoc ? (words ? [words] : (0,_shell_js__WEBPACK_IMPORTED_MODULE_2__/* .readShellCommands */ .P)(run)) : undefined,
        });
    }
    return runs;
}
/** Finds the next line with this text behind another line; the numbers that it is asked about only grow. */
function lineFinder(lines) {
    const places = new Map();
    for (const [index, line] of [...lines.entries()].reverse()) {
        const ofLine = places.get(line);
        if (ofLine)
            ofLine.push(index);
        else
            places.set(line, [index]);
    }
    return (text, behind) => {
        const ofLine = places.get(text) ?? [];
        while ((ofLine.at(-1) ?? Infinity) <= behind)
            ofLine.pop();
        return ofLine.at(-1);
    };
}
function linesOf(text) {
    const lines = [];
    for (let start = 0; start < text.length;) {
        const newline = text.indexOf('\n', start);
        const end = newline === -1 ? text.length : newline;
        lines.push({ start, end: newline !== -1 && text[end - 1] === '\r' && end > start ? end - 1 : end });
        start = end + 1;
    }
    return lines;
}
function isSkipped(line) {
    return /^\uFEFF?\s*(?:#|$)/.test(line);
}
/** Without options of the builder such as `--mount=type=cache,target=/root`. */
function withoutOptions(run) {
    return (0,_lib_mapped_text_js__WEBPACK_IMPORTED_MODULE_1__/* .sliceMapped */ .Mk)(run, /^(?:\s*--[\w-]+(?:=\S*)?(?=\s))*\s*/.exec(run.text)?.[0].length ?? 0);
}
/** The words of a JSON array of strings; `undefined` where it is none, and a shell reads the text. */
function jsonWords(run) {
    if (!run.text.startsWith('['))
        return undefined;
    const errors = [];
    const items = (0,jsonc_parser__WEBPACK_IMPORTED_MODULE_0__.parseTree)(run.text, errors)?.children ?? [];
    if (errors.length > 0 || items.some(({ type }) => type !== 'string'))
        return undefined;
    return items.map(({ offset, length }) => ({
        ...(0,_lib_mapped_text_js__WEBPACK_IMPORTED_MODULE_1__/* .decodeJsonString */ .Sg)((0,_lib_mapped_text_js__WEBPACK_IMPORTED_MODULE_1__/* .sliceMapped */ .Mk)(run, offset + 1, offset + length - 1)),
        start: run.starts[offset] ?? 0,
        end: run.ends[offset + length - 1] ?? 0,
        isLiteral: true,
    }));
}
/**
 * The image that the last stage of a Dockerfile comes from, through the stages that it builds on; `undefined` where
 * there is none, or a build argument is a part of its name.
 * @returns the image as it is written, and its offset in the file
 */
function baseOfLastStage({ text }) {
    const stages = [
        ...text.matchAll(/^[ \t]*FROM[ \t]+((?:--\S+[ \t]+)*)(\S+)(?:[ \t]+AS[ \t]+(\S+))?/gim),
    ].map(([whole, options = '', image = '', name], index, all) => ({
        image,
        name: name?.toLowerCase(),
        start: (all[index]?.index ?? 0) +
            whole.toLowerCase().indexOf(image.toLowerCase(), whole.search(/\S/) + 4 + options.length),
    }));
    let stage = stages.at(-1);
    for (let index = stages.length - 2; index >= 0; index--)
        if (stages[index]?.name === stage?.image.toLowerCase())
            stage = stages[index];
    return stage && !stage.image.includes('$') ? { image: stage.image, start: stage.start } : undefined;
}


/***/ }),

/***/ 6137:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Bc: () => (/* binding */ isDigest),
/* harmony export */   Ft: () => (/* binding */ references),
/* harmony export */   Vb: () => (/* binding */ nameOf),
/* harmony export */   hj: () => (/* binding */ deriveTags),
/* harmony export */   tO: () => (/* binding */ imageName)
/* harmony export */ });
/* unused harmony export ImageReferenceError */
/* harmony import */ var _lib_lists_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3758);

/** `host/path/name` without tag or digest, as the container registries accept it. */
const IMAGE_NAME = /^(?:(?:localhost|[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*)(?::\d+)?\/)?[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;
/** Whether a text is the digest of an image, `sha256:…`. */
function isDigest(text) {
    return DIGEST.test(text);
}
/** `host:5000/name:tag@sha256:…` without tag and digest. */
function nameOf(reference) {
    const [tagged = ''] = reference.split('@');
    const colon = tagged.lastIndexOf(':');
    return colon > tagged.lastIndexOf('/') ? tagged.slice(0, colon) : tagged;
}
/** What went wrong with the user's `images` and `tags`; one line each. */
class ImageReferenceError extends Error {
}
/**
 * The full references, `name:tag`, that an image gets. A tag that is a full reference already stands for itself.
 * @throws {ImageReferenceError} naming the first one that no container registry would take
 */
function references(images, tags) {
    const names = images.map(imageName);
    const result = tags.flatMap((tag) => {
        const separator = tag.lastIndexOf(':');
        if (separator > tag.lastIndexOf('/') && separator !== -1)
            return [`${imageName(tag.slice(0, separator))}:${validTag(tag.slice(separator + 1))}`];
        return names.map((name) => `${name}:${validTag(tag)}`);
    });
    return [...new Set(result)];
}
/** An image's name as registries take it: owners may be written in capitals elsewhere, never here. */
function imageName(name) {
    const lower = name.toLowerCase();
    if (!IMAGE_NAME.test(lower))
        throw new ImageReferenceError(`${JSON.stringify(name)} is not an image name: it must look like ghcr.io/acme/tailchat, without a tag or digest`);
    return lower;
}
function validTag(tag) {
    if (!TAG.test(tag))
        throw new ImageReferenceError(`${JSON.stringify(tag)} is not a tag: at most 128 letters, digits, _, . and -, and neither . nor - first`);
    return tag;
}
/**
 * Tags for a build when none are given: a semantic version's tag gives `1.2.3`, `1.2` and `1` (a prerelease only
 * itself), a branch its name, a pull request `pr-N`; always `sha-…`. Never `latest`.
 */
function deriveTags({ ref, sha, pullRequest }) {
    const tags = [];
    const [, kind, name = ''] = /^refs\/(heads|tags)\/(.+)$/.exec(ref) ?? [];
    if (pullRequest !== undefined)
        tags.push(`pr-${pullRequest}`);
    else if (kind === 'tags')
        (0,_lib_lists_js__WEBPACK_IMPORTED_MODULE_0__/* .append */ .B)(tags, versionTags(name));
    // The branch of a merge queue is gone once it has been checked.
    else if (kind === 'heads' && !name.startsWith('gh-readonly-queue/'))
        tags.push(safeTag(name));
    if (sha)
        tags.push(`sha-${sha.slice(0, 12)}`);
    // A branch's name may hold no character that a tag may hold; and `latest` is only given when it is asked for.
    return [...new Set(tags)].filter((tag) => tag !== '' && tag !== 'latest');
}
function versionTags(name) {
    const version = /^v?((0|[1-9]\d*)\.(0|[1-9]\d*)\.(?:0|[1-9]\d*))(-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/.exec(name);
    if (!version)
        return [safeTag(name)];
    const [, full = '', major = '', minor = '', prerelease] = version;
    return prerelease ? [`${full}${prerelease}`] : [full, `${major}.${minor}`, major];
}
function safeTag(name) {
    return name
        .replace(/[^A-Za-z0-9_.-]+/g, '-')
        .replace(/^[.-]+/, '')
        .slice(0, 128);
}


/***/ }),

/***/ 6916:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   E8: () => (/* binding */ jsonNestsTooDeep),
/* harmony export */   Fx: () => (/* binding */ positionInJson),
/* harmony export */   U0: () => (/* binding */ parseJsonTree),
/* harmony export */   bX: () => (/* binding */ stringAt),
/* harmony export */   eB: () => (/* binding */ asObject),
/* harmony export */   eC: () => (/* binding */ ownValue),
/* harmony export */   fg: () => (/* binding */ repeatedKeys),
/* harmony export */   qF: () => (/* binding */ parseJson),
/* harmony export */   vA: () => (/* binding */ withoutBom)
/* harmony export */ });
/* harmony import */ var jsonc_parser__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9547);
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2184);


/** Deeper than anybody nests JSON, and not so deep that what walks through it runs out of stack. */
const MAX_DEPTH = 1000;
/** Whether a JSON text is nested deeper than is read; comments count as what they hold. */
function jsonNestsTooDeep(text) {
    if (text.length < 2 * MAX_DEPTH)
        return false;
    let depth = 0;
    let inString = false;
    for (let at = 0; at < text.length; at++) {
        const character = text[at];
        if (character === '"')
            inString = !inString;
        else if (inString)
            at += Number(character === '\\');
        else if (character === '[' || character === '{')
            depth++;
        else if (character === ']' || character === '}')
            depth--;
        if (depth > MAX_DEPTH)
            return true;
    }
    return false;
}
/** Parses strict JSON, as `JSON.parse` does; a leading byte order mark is allowed, as Node's readers skip it. */
function parseJson(file) {
    try {
        const value = JSON.parse(withoutBom(file.text));
        if (!jsonNestsTooDeep(file.text))
            return { ...file, value };
        const message = `nested more than ${MAX_DEPTH} deep`;
        return { ...file, value: undefined, problem: { message, position: (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .positionAt */ .t$)(file, 0) } };
    }
    catch {
        const errors = [];
        parseJsonTree(file, errors);
        const error = errors[0];
        const message = error ? spaced((0,jsonc_parser__WEBPACK_IMPORTED_MODULE_0__.printParseErrorCode)(error.error)) : 'not valid JSON';
        return { ...file, value: undefined, problem: { message, position: (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .positionAt */ .t$)(file, error?.offset ?? 0) } };
    }
}
/**
 * The syntax tree of a JSON file, as far as it can be read; the parser of the trees gives up on a text that is nested
 * without measure (JSON.parse does not).
 * @param errors gets the mistakes in the text
 */
function parseJsonTree(file, errors = []) {
    try {
        return (0,jsonc_parser__WEBPACK_IMPORTED_MODULE_0__.parseTree)(withoutBom(file.text), errors, { disallowComments: true });
    }
    catch {
        return undefined;
    }
}
const knownTrees = new WeakMap();
/** The tree of a file for finding places in it; made once, since a file with one mistake often has more. */
function treeOf(file) {
    const known = knownTrees.get(file) ?? { root: parseJsonTree(file) };
    knownTrees.set(file, known);
    return known.root;
}
/** Where the value at `path` stands in the file; where it is missing, the nearest value around it. */
function positionInJson(file, path) {
    const root = treeOf(file);
    for (let length = path.length; root && length >= 0; length--) {
        const node = (0,jsonc_parser__WEBPACK_IMPORTED_MODULE_0__.findNodeAtLocation)(root, path.slice(0, length));
        if (node)
            return (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .positionAt */ .t$)(file, node.offset);
    }
    return (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .positionAt */ .t$)(file, 0);
}
/** The keys that a file's outermost object gives more than once, each at every place but the first. */
function repeatedKeys(file) {
    const keys = Object.keys(asObject(file.value) ?? {});
    // Making the tree is slow, and hardly ever needed: there are no fewer colons behind quotes than there are keys.
    if ((file.text.match(/"\s*:/g) ?? []).length === keys.length)
        return [];
    const seen = new Set();
    return (treeOf(file)?.children ?? []).flatMap((property) => {
        const [node] = property.children ?? [];
        const key = String(node?.value);
        const again = seen.has(key);
        seen.add(key);
        return node && again ? [{ key, position: (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .positionAt */ .t$)(file, node.offset) }] : [];
    });
}
/** The value as an object, or `undefined` when it is anything else (an array and `null` included). */
function asObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? value
        : undefined;
}
/** The string at `path` in a parsed JSON value, or `undefined` when there is none. */
function stringAt(value, ...path) {
    const found = path.reduce((at, key) => ownValue(at, key), value);
    return typeof found === 'string' ? found : undefined;
}
/** The value that an object itself has under `key`: never one that it inherits, such as `constructor`. */
function ownValue(value, key) {
    const object = asObject(value);
    return object && Object.hasOwn(object, key) ? object[key] : undefined;
}
/** The same text with a byte order mark blanked out, so that offsets stay what they are in the file. */
function withoutBom(text) {
    return text.startsWith('\uFEFF') ? ' ' + text.slice(1) : text;
}
function spaced(camelCase) {
    return camelCase
        .replace(/([A-Z])/g, ' $1')
        .trim()
        .toLowerCase();
}


/***/ }),

/***/ 9142:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ readShellCommands)
/* harmony export */ });
/* harmony import */ var _lib_mapped_text_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9966);

/** What a shell treats as more than itself where it is not quoted: patterns, a home directory, a list in braces. */
const PATTERN = /[*?[\]~{}]/;
/**
 * The simple commands of a shell script, each as its words; redirections and comments are left out. Only what a
 * POSIX shell reads is known, and of that no here-document.
 * @returns `undefined` for a script that cannot be read: a quote that does not end, a here-document
 */
function readShellCommands(script) {
    const { text } = script;
    const commands = [[]];
    let word;
    let isTarget = false;
    let at = 0;
    const grow = () => (word ??= { parts: [], from: at, isLiteral: true });
    const endWord = () => {
        // What a redirection writes to is no argument.
        if (word && !isTarget)
            commands.at(-1)?.push(wordOf(script, word, at));
        if (word)
            isTarget = false;
        word = undefined;
    };
    const endCommand = () => {
        endWord();
        isTarget = false;
        commands.push([]);
    };
    while (at < text.length) {
        const character = text[at] ?? '';
        const rest = text.slice(at, at + 3);
        const redirection = /^(?:&>>?|<<|<>|[<>]&|>[>|]|[<>])/.exec(rest)?.[0];
        if (/[ \t\r]/.test(character)) {
            endWord();
            at++;
        }
        else if (character === '#' && !word) {
            const end = text.indexOf('\n', at);
            at = end === -1 ? text.length : end;
        }
        else if (redirection) {
            if (redirection === '<<')
                return undefined;
            // Digits directly before it number the file that it redirects.
            if (word && /^\d+$/.test(text.slice(word.from, at)))
                word = undefined;
            endWord();
            isTarget = true;
            at += redirection.length;
        }
        else if (/[\n|&;()]/.test(character)) {
            endCommand();
            at++;
        }
        else if (character === '\\') {
            if (text[at + 1] !== '\n' && at + 1 < text.length)
                grow().parts.push(at + 1);
            at += 2;
        }
        else if (character === "'") {
            const end = text.indexOf("'", at + 1);
            if (end === -1)
                return undefined;
            const { parts } = grow();
            for (let inside = at + 1; inside < end; inside++)
                parts.push(inside);
            at = end + 1;
        }
        else if (character === '"') {
            const current = grow();
            at++;
            while (text[at] !== '"') {
                if (at >= text.length)
                    return undefined;
                if (text[at] === '\\' && /["\\$`\n]/.test(text[at + 1] ?? '')) {
                    if (text[at + 1] !== '\n')
                        current.parts.push(at + 1);
                    at += 2;
                }
                else
                    at = takeCharacter(text, at, current);
            }
            at++;
        }
        else {
            const current = grow();
            if (PATTERN.test(character))
                current.isLiteral = false;
            at = takeCharacter(text, at, current);
        }
    }
    endWord();
    return commands.filter((words) => words.length > 0);
}
/** Takes a character, or the whole of an expansion such as `$(…)`; returns where the text goes on. */
function takeCharacter(text, at, word) {
    const end = endOfExpansion(text, at);
    if (end !== undefined)
        word.isLiteral = false;
    for (let inside = at; inside < (end ?? at + 1); inside++)
        word.parts.push(inside);
    return end ?? at + 1;
}
/** The offset behind an expansion that begins at `at`; `undefined` where none does. */
function endOfExpansion(text, at) {
    if (text[at] === '`')
        return endBehind(text, at + 1, { close: '`' });
    if (text[at] !== '$')
        return undefined;
    if (text[at + 1] === '(')
        return endBehind(text, at + 2, { open: '(', close: ')' });
    if (text[at + 1] === '{')
        return endBehind(text, at + 2, { open: '{', close: '}' });
    const name = /\$(?:\w+|[?!#@*$-])/y;
    name.lastIndex = at;
    return name.exec(text) ? name.lastIndex : undefined;
}
/** Returns the offset after the bracket that closes the one opened before `from`; without one, the end of the text. */
function endBehind(text, from, { open, close }) {
    let depth = 1;
    for (let at = from; at < text.length; at++) {
        if (text[at] === open)
            depth++;
        else if (text[at] === close)
            depth--;
        if (depth === 0)
            return at + 1;
    }
    return text.length;
}
function wordOf(script, { parts, from, isLiteral }, to) {
    const { starts, ends } = (0,_lib_mapped_text_js__WEBPACK_IMPORTED_MODULE_0__/* .sliceMapped */ .Mk)(script, from, to);
    return {
        text: parts.map((part) => script.text[part] ?? '').join(''),
        starts: parts.map((part) => script.starts[part] ?? 0),
        ends: parts.map((part) => script.ends[part] ?? 0),
        start: starts[0] ?? 0,
        end: ends.at(-1) ?? 0,
        isLiteral,
    };
}


/***/ }),

/***/ 7121:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   bK: () => (/* binding */ literalText),
/* harmony export */   eg: () => (/* binding */ memberName),
/* harmony export */   oA: () => (/* binding */ unwrap),
/* harmony export */   pv: () => (/* binding */ parseTypeScript),
/* harmony export */   xU: () => (/* binding */ loadTypeScriptParser)
/* harmony export */ });
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2184);

let parser;
/** The parser is large: it is loaded when the first TypeScript file must be read, not before. */
async function loadTypeScriptParser() {
    parser ??= (await __nccwpck_require__.e(/* import() */ 429).then(__nccwpck_require__.t.bind(__nccwpck_require__, 5429, 19))).parse;
    return parser;
}
/** Parses a TypeScript module with decorators, as the server is compiled with them (server/tsconfig.json). */
function parseTypeScript(parse, file) {
    const plugins = ['typescript', 'decorators-legacy'];
    if (file.path.endsWith('x'))
        plugins.push('jsx');
    try {
        return { tree: parse(file.text, { sourceType: 'module', plugins, attachComment: false }) };
    }
    catch (error) {
        const { pos, message } = error;
        return {
            problem: { message: message.replace(/ \(\d+:\d+\)$/, ''), position: (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_0__/* .positionAt */ .t$)(file, pos ?? 0) },
        };
    }
}
/** The expression under `as`, `satisfies`, `!`, angle-bracket casts and parentheses. */
function unwrap(node) {
    // No recursion: a text may hold a hundred thousand of them, one around the other.
    let bare = node;
    for (;;)
        switch (bare.type) {
            case 'TSAsExpression':
            case 'TSSatisfiesExpression':
            case 'TSNonNullExpression':
            case 'TSTypeAssertion':
            case 'ParenthesizedExpression':
                bare = bare.expression;
                break;
            default:
                return bare;
        }
}
/** The text of a string literal, or of a template literal without substitutions. */
function literalText(node) {
    if (!node)
        return undefined;
    const bare = unwrap(node);
    if (bare.type === 'StringLiteral')
        return bare.value;
    if (bare.type === 'TemplateLiteral' && bare.expressions.length === 0)
        return bare.quasis[0]?.value.cooked ?? undefined;
    return undefined;
}
/** The name of an object's or class's member: an identifier's or a string literal's; none when computed. */
function memberName(member) {
    if (member.computed)
        return literalText(member.key);
    return member.key.type === 'Identifier' ? member.key.name : literalText(member.key);
}


/***/ }),

/***/ 1253:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Cw: () => (/* binding */ readYamlDocuments),
/* harmony export */   Pq: () => (/* binding */ MAX_YAML_DEPTH),
/* harmony export */   fY: () => (/* binding */ yamlAt),
/* harmony export */   gM: () => (/* binding */ readYaml),
/* harmony export */   gR: () => (/* binding */ readPlainYaml),
/* harmony export */   go: () => (/* binding */ yamlEntries),
/* harmony export */   kZ: () => (/* binding */ isNull),
/* harmony export */   lp: () => (/* binding */ yamlNestedTooDeep),
/* harmony export */   pS: () => (/* binding */ yamlText)
/* harmony export */ });
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2184);
/* harmony import */ var _lib_wording_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1067);


/**
 * Reads a YAML document. The plain block style, in which most people write it, takes a reader of a few lines; the
 * YAML library (which takes longer to load than everything else together) is only asked for the rest.
 * @param base what to add to every offset, where the text is a part of a longer one
 */
async function readYaml(text, base = 0) {
    const plain = readPlainYaml(text, base);
    if (plain)
        return { node: plain };
    const tooDeep = yamlNestedTooDeep(text);
    if (tooDeep !== undefined)
        return { problem: `nested more than ${MAX_YAML_DEPTH} deep`, offset: base + tooDeep };
    const { isAlias, isMap, isScalar, isSeq, parseDocument, visit } = await __nccwpck_require__.e(/* import() */ 815).then(__nccwpck_require__.t.bind(__nccwpck_require__, 8815, 19));
    // The library compares every key of a map with every other; `fromLibrary` finds those that come twice.
    const options = { version: '1.2', logLevel: 'silent', uniqueKeys: false, prettyErrors: false };
    const document = parseDocument(text, options);
    const [error] = document.errors;
    if (error)
        return { problem: error.message.split('\n')[0] ?? error.code, offset: base + error.pos[0] };
    try {
        return { node: fromLibrary(document, { isAlias, isMap, isScalar, isSeq, visit }, base) };
    }
    catch (problem) {
        return { problem: (0,_lib_wording_js__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .bD)(problem), offset: problem instanceof RepeatedKey ? problem.offset : base };
    }
}
/** Deeper than any file that a person writes. */
const MAX_YAML_DEPTH = 200;
/**
 * Where a text is nested deeper than `MAX_YAML_DEPTH`; `undefined` where it is not. To be asked before the YAML library: a
 * text that is nested without measure uses up the stack there, and Node.js may end on the spot, without an exception to
 * catch. It counts brackets in strings and comments too: where they only open, by hundreds, little is lost.
 */
function yamlNestedTooDeep(text) {
    let brackets = 0;
    const indents = [];
    for (let start = 0; start < text.length;) {
        const newline = text.indexOf('\n', start);
        const end = newline === -1 ? text.length : newline;
        let first = start;
        // `- - key` is nested as deep as three lines of their own would be.
        for (; first < end; first++) {
            const character = text[first] ?? '';
            if (isBlank(character))
                continue;
            if (!'-?:'.includes(character) || (first + 1 < end && !isBlank(text[first + 1] ?? '')))
                break;
            pushIndent(indents, first - start);
        }
        if (first < end && text[first] !== '#')
            pushIndent(indents, first - start);
        if (indents.length > MAX_YAML_DEPTH)
            return start;
        // `a : : b` is nested too; between brackets a comma ends what is.
        let indicators = 0;
        for (let at = first; at < end; at++) {
            const character = text[at] ?? '';
            if (character === '[' || character === '{')
                brackets++;
            else if ((character === ']' || character === '}') && brackets > 0)
                brackets--;
            else if (character === ',' && brackets > 0)
                indicators = 0;
            else if ('-?:'.includes(character) && (at + 1 === end || isBlank(text[at + 1] ?? '')))
                indicators++;
            if (brackets > MAX_YAML_DEPTH || indicators > MAX_YAML_DEPTH)
                return at;
        }
        start = end + 1;
    }
    return undefined;
}
function isBlank(character) {
    return character === ' ' || character === '\t' || character === '\r';
}
/** What is indented as far or further is over. */
function pushIndent(indents, indent) {
    while ((indents.at(-1) ?? -1) >= indent)
        indents.pop();
    indents.push(indent);
}
/**
 * Reads a file that may hold several YAML documents, separated by lines of `---`.
 * @returns the documents in their order, empty ones left out; or the first problem
 */
async function readYamlDocuments(text) {
    const nodes = [];
    let start = 0;
    for (const { index, 0: line } of [
        ...text.matchAll(/^---(?=[ \t]|\r?$).*$/gm),
        { index: text.length, 0: '' },
    ]) {
        const document = text.slice(start, index);
        const result = await readYaml(document, start);
        if ('problem' in result)
            return result;
        if (result.node.kind !== 'scalar')
            nodes.push(result.node);
        start = index + line.length;
    }
    return { nodes };
}
/**
 * Reads YAML that is written plainly: maps and lists in block style, scalars on one line, flow style for lists of
 * scalars only. `undefined` for anything else, whether it is YAML or not.
 * @param base what to add to every offset, where the text is a part of a longer one
 */
function readPlainYaml(text, base = 0) {
    if (text.startsWith('\uFEFF'))
        return readPlainYaml(text.slice(1), base + 1);
    const lines = splitLines(text, base);
    try {
        const reader = { lines, next: 0 };
        const first = lines[0];
        if (!first)
            return scalar('', base);
        if (yamlNestedTooDeep(text) !== undefined)
            return undefined;
        const node = readBlock(reader, first.indent);
        return reader.next === lines.length ? node : undefined;
    }
    catch (error) {
        if (error instanceof NotPlain)
            return undefined;
        throw error;
    }
}
/** The value under a key, where the node is a map that has it. */
function yamlAt(node, ...path) {
    return path.reduce((at, key) => (at?.kind === 'map' ? at.entries.get(key)?.value : undefined), node);
}
/** The entries of a map; none for any other node. */
function yamlEntries(node) {
    return node?.kind === 'map' ? [...node.entries] : [];
}
/** The text of a scalar, `undefined` for any other node and for a value that is left out. */
function yamlText(node) {
    return node?.kind === 'scalar' && !isNull(node) ? node.text : undefined;
}
function isNull(node) {
    return !node.quoted && /^(~|null|Null|NULL)?$/.test(node.text);
}
/** Thrown inside the plain reader only: the text needs the library. */
class NotPlain extends Error {
}
/** Lines with something on them. Offsets are those of the first character behind the indentation. */
function splitLines(text, base) {
    const lines = [];
    for (let start = 0; start < text.length;) {
        const newline = text.indexOf('\n', start);
        const end = newline === -1 ? text.length : newline;
        let first = start;
        while (first < end && text[first] === ' ')
            first++;
        const content = text.slice(first, end).trimEnd();
        if (content !== '' && !content.startsWith('#'))
            lines.push({ indent: first - start, text: content, offset: base + first });
        start = end + 1;
    }
    return lines;
}
function readBlock(reader, indent) {
    const line = reader.lines[reader.next];
    if (!line || line.indent !== indent)
        throw new NotPlain();
    return isListItem(line) ? readList(reader, indent) : readMap(reader, indent);
}
function isListItem(line) {
    return line !== undefined && /^-(\s|$)/.test(line.text);
}
function readList(reader, indent) {
    const items = [];
    const start = reader.lines[reader.next]?.offset ?? 0;
    for (;;) {
        const line = reader.lines[reader.next];
        if (!line || line.indent < indent || (line.indent === indent && !isListItem(line)))
            break;
        if (line.indent > indent)
            throw new NotPlain();
        const rest = line.text.slice(1).trimStart();
        const skipped = line.text.length - rest.length;
        if (rest === '' || rest.startsWith('#')) {
            reader.next++;
            const below = reader.lines[reader.next];
            items.push(below && below.indent > indent ? readBlock(reader, below.indent) : scalar('', line.offset + 1));
        }
        else if (readKey(rest) || /^-(\s|$)/.test(rest)) {
            // What follows the dash is a block of its own, which starts in the middle of the line.
            reader.lines[reader.next] = { indent: indent + skipped, text: rest, offset: line.offset + skipped };
            items.push(readBlock(reader, indent + skipped));
        }
        else {
            reader.next++;
            items.push(readValue(rest, line.offset + skipped));
        }
    }
    return { kind: 'list', items, start };
}
/** Most lines of most files: a name, a colon, and nothing that could mean more. Twice as fast as the whole truth. */
const USUAL_LINE = /^([A-Za-z][\w./-]*):(?: ([\w^~./][\w^~./-]*))?$/;
/**
 * The key of a line and what follows its colon; `undefined` for a line without. Indicators that begin something else
 * than a plain scalar are left to the library.
 */
function readKey(line) {
    if (/[\r\u2028\u2029]/.test(line))
        return undefined;
    const quoted = QUOTED.exec(line);
    if (quoted) {
        const behind = line.slice(quoted[0].length).trimStart();
        if (!/^:(?:\s|$)/.test(behind))
            return undefined;
        return { key: unquoted(quoted), rest: behind.slice(1).trimStart() };
    }
    if (!/^(?!:(?:\s|$))[^\s'"[\]{}&*!|>%@`#,?-]/.test(line))
        return undefined;
    const colon = line.slice(1).search(/#|:(?:\s|$)/) + 1;
    if (colon === 0 || line[colon] === '#')
        return undefined;
    return { key: line.slice(0, colon).trimEnd(), rest: line.slice(colon + 1).trimStart() };
}
/** A string in quotes at the start of a text; with escapes, it is left to the library. */
const QUOTED = /^(?:'((?:[^']|'')*)'|"([^"\\]*)")/;
function unquoted([, single, double]) {
    return single?.replaceAll("''", "'") ?? double ?? '';
}
function readMap(reader, indent) {
    const entries = new Map();
    const start = reader.lines[reader.next]?.offset ?? 0;
    for (;;) {
        const line = reader.lines[reader.next];
        if (!line || line.indent < indent)
            break;
        if (line.indent > indent)
            throw new NotPlain();
        const usual = USUAL_LINE.exec(line.text);
        if (usual?.[1] !== undefined && usual[2] !== undefined && !entries.has(usual[1])) {
            reader.next++;
            const offset = line.offset + line.text.length - usual[2].length;
            entries.set(usual[1], { keyStart: line.offset, value: scalar(usual[2], offset) });
            continue;
        }
        const found = readKey(line.text);
        if (!found)
            throw new NotPlain();
        const { key, rest } = found;
        if (key === '<<' || entries.has(key))
            throw new NotPlain();
        const restOffset = line.offset + line.text.length - rest.length;
        reader.next++;
        const value = rest === '' || rest.startsWith('#')
            ? readBelow(reader, indent, line.offset + line.text.length)
            : readValue(rest, restOffset);
        entries.set(key, { keyStart: line.offset, value });
    }
    return { kind: 'map', entries, start };
}
/** The value of a key whose line holds nothing else; a list may be indented as far as its key. */
function readBelow(reader, indent, offset) {
    const below = reader.lines[reader.next];
    if (below && (below.indent > indent || (below.indent === indent && isListItem(below))))
        return below.indent > indent ? readBlock(reader, below.indent) : readList(reader, indent);
    return scalar('', offset);
}
function readValue(source, offset) {
    const quoted = QUOTED.exec(source);
    if (quoted && isOver(source, quoted[0]))
        return {
            kind: 'scalar',
            text: unquoted(quoted),
            quoted: true,
            start: offset,
            end: offset + quoted[0].length,
        };
    const flow = /^\[((?:[^[\]{}"'#\\]|"[^"\\]*"|'[^']*')*)\]/.exec(source);
    if (flow && isOver(source, flow[0]))
        return readFlowList(flow[1] ?? '', offset);
    const empty = /^\{\s*\}/.exec(source);
    if (empty && isOver(source, empty[0]))
        return { kind: 'map', entries: new Map(), start: offset };
    const plain = (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_0__/* .withoutTrailingComment */ .GG)(source);
    if (/^[&*!|>%@`'"{}[\],?#]/.test(plain) || /^-(\s|$)|:(\s|$)/.test(plain))
        throw new NotPlain();
    return { kind: 'scalar', text: plain, quoted: false, start: offset, end: offset + plain.length };
}
/** Whether nothing but a comment follows what a text begins with. */
function isOver(source, beginning) {
    const rest = source.slice(beginning.length);
    const behind = rest.trimStart();
    return behind === '' || (behind.startsWith('#') && behind !== rest);
}
function readFlowList(inner, offset) {
    const items = [];
    const item = /"[^"]*"|'[^']*'|[^,"']+/y;
    for (let at = 0; at < inner.length;) {
        while (/\s/.test(inner[at] ?? ''))
            at++;
        item.lastIndex = at;
        const source = item.exec(inner)?.[0].trimEnd();
        if (!source)
            throw new NotPlain();
        items.push(readValue(source, offset + 1 + at));
        at += source.length;
        while (/\s/.test(inner[at] ?? ''))
            at++;
        if (at < inner.length && inner[at] !== ',')
            throw new NotPlain();
        at++;
    }
    return { kind: 'list', items, start: offset };
}
function scalar(text, start) {
    return { kind: 'scalar', text, quoted: false, start, end: start + text.length };
}
/** A map gives a key twice: which one counts differs from reader to reader. */
class RepeatedKey extends Error {
    offset;
    constructor(offset) {
        super('Map keys must be unique');
        this.offset = offset;
    }
}
/** More nodes than any file that a person writes; aliases of aliases unfold to more than memory holds. */
const MAX_NODES = 20_000;
function fromLibrary(document, { isAlias, isMap, isScalar, isSeq, visit }, base) {
    const targets = targetsOfAliases(document, visit);
    let count = 0;
    const convert = (node, depth) => {
        if (++count > MAX_NODES)
            throw new Error('its aliases unfold to too much');
        if (depth > MAX_YAML_DEPTH)
            throw new Error(`its aliases unfold to more than ${MAX_YAML_DEPTH} levels`);
        const start = base + (node?.range?.[0] ?? 0);
        if (isAlias(node)) {
            const target = targets.get(node);
            if (!target)
                throw new Error(`there is no anchor ${node.source}`);
            return convert(target, depth + 1);
        }
        if (isSeq(node))
            return { kind: 'list', items: node.items.map((each) => convert(each, depth + 1)), start };
        if (isScalar(node)) {
            const quoted = node.type !== 'PLAIN' && node.type !== undefined;
            const text = quoted ? String(node.value) : (node.source ?? '');
            return { kind: 'scalar', text, quoted, start, end: base + (node.range?.[1] ?? 0) };
        }
        if (!isMap(node))
            return scalar('', start);
        const own = new Map();
        const merged = new Map();
        for (const { key, value } of node.items) {
            const keyStart = key?.range?.[0];
            const entry = {
                keyStart: keyStart === undefined ? start : base + keyStart,
                value: convert(value, depth + 1),
            };
            const name = isScalar(key) ? (key.source ?? String(key.value)) : '';
            if (name !== '<<') {
                if (isScalar(key) && own.has(name))
                    throw new RepeatedKey(entry.keyStart);
                own.set(name, entry);
            }
            else
                for (const source of entry.value.kind === 'list' ? entry.value.items : [entry.value])
                    for (const [inherited, from] of yamlEntries(source))
                        if (!merged.has(inherited))
                            merged.set(inherited, from);
        }
        // What the map says itself wins over what it takes in.
        return { kind: 'map', entries: new Map([...merged, ...own]), start };
    };
    return convert(document.contents, 0);
}
/** What each alias stands for: the last node before it with its anchor. The library looks through all of them for each. */
function targetsOfAliases(document, visit) {
    const targets = new Map();
    const anchors = new Map();
    visit(document, {
        Alias: (_key, alias) => {
            const target = anchors.get(alias.source);
            if (target)
                targets.set(alias, target);
        },
        Value: (_key, node) => {
            if (node.anchor !== undefined)
                anchors.set(node.anchor, node);
        },
    });
    return targets;
}


/***/ }),

/***/ 4935:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Du: () => (/* binding */ parseCommandLine),
/* harmony export */   cW: () => (/* binding */ SECRETS),
/* harmony export */   o6: () => (/* binding */ inWordsOfTerminal)
/* harmony export */ });
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7975);
/* harmony import */ var _lib_nearest_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(5785);
/* harmony import */ var _help_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8894);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1699);




/** Secrets are read from the environment: arguments can be seen by every user of a machine. */
const SECRETS = {
    password: 'TAILCHAT_PLUGINS_PASSWORD',
    'github-token': 'GITHUB_TOKEN',
};
const FORMATS = ['stylish', 'json', 'github'];
/** Options of the terminal only: the action has no such inputs. */
const VIEW_OPTIONS = {
    plugin: { type: 'string' },
    since: { type: 'string' },
    format: { type: 'string' },
    quiet: { type: 'boolean', short: 'q' },
    help: { type: 'boolean', short: 'h' },
    version: { type: 'boolean', short: 'v' },
};
/**
 * Reads the arguments of the terminal's command.
 * @throws {UsageError} when they can't be understood
 */
function parseCommandLine(args) {
    const { values, positionals } = parsed(args);
    const [word, ...rest] = positionals;
    if (values['version'] === true)
        return { command: 'version' };
    if (word === undefined && values['help'] !== true)
        throw new _inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .UsageError */ .eb(['no command given']);
    const command = word === undefined ? 'help' : commandOf(word);
    if (values['help'] === true && command !== 'help')
        return { command: 'help', topic: command };
    const subject = takeSubject(command, rest);
    const [argument, extra] = rest;
    if (extra !== undefined)
        throw new _inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .UsageError */ .eb([`unexpected argument ${JSON.stringify(extra)}`]);
    if (command === 'help')
        return { command, ...(argument !== undefined && { topic: commandOf(argument) }) };
    if (command === 'explain') {
        if (argument === undefined)
            throw new _inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .UsageError */ .eb(['explain needs the name of a rule, such as plugin/not-offered']);
        return { command, rule: argument };
    }
    const { format: asked = 'stylish', quiet, plugin = '', since, ...flags } = values;
    if (plugin !== '' && command !== 'add')
        throw new _inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .UsageError */ .eb([`${command} does not take --plugin`]);
    const format = FORMATS.find((each) => each === asked);
    if (format === undefined)
        throw new _inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .UsageError */ .eb([`--format: found ${JSON.stringify(asked)}; allowed: ${FORMATS.join(', ')}`]);
    return {
        command,
        path: argument ?? '.',
        subject,
        plugin: String(plugin),
        flags: flags,
        format,
        quiet: quiet === true,
        ...(typeof since === 'string' && { since }),
    };
}
/** Takes what a command names out of its arguments; what looks like a path is the path. */
function takeSubject(command, rest) {
    if (command === 'add' || command === 'remove') {
        const subject = rest.shift();
        if (subject !== undefined)
            return subject;
        const what = command === 'add'
            ? 'a source, such as github:acme/tailchat-theme#v1.2.0'
            : 'the name of a plugin, such as com.acme.theme';
        throw new _inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .UsageError */ .eb([`${command} needs ${what}`]);
    }
    return command === 'update' && rest[0] !== undefined && /^[^./\\][^/\\]*$/.test(rest[0])
        ? (rest.shift() ?? '')
        : '';
}
function parsed(args) {
    const names = Object.keys(_inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .inputDefinitions */ .Z$).filter((name) => !['mode', 'path'].includes(name));
    const options = Object.fromEntries(names.map((name) => [name, { type: 'string' }]));
    // First of all: the message about a missing value would name the flag as if it could be used.
    for (const [name, variable] of Object.entries(SECRETS))
        if (args.some((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`)))
            throw new _inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .UsageError */ .eb([
                `--${name} would be visible to every user of this machine: set $${variable} instead`,
            ]);
    try {
        const { values, positionals } = (0,node_util__WEBPACK_IMPORTED_MODULE_0__.parseArgs)({
            args: args.map(withBooleanValue),
            options: { ...options, ...VIEW_OPTIONS },
            allowPositionals: true,
        });
        return { values, positionals };
    }
    catch (error) {
        const unknown = args.find((arg) => /^--[^=]/.test(arg) && !isKnown(nameOf(arg)));
        if (unknown === undefined)
            throw new _inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .UsageError */ .eb([error.message.split('\n')[0] ?? '']);
        const name = nameOf(unknown);
        if (name === 'path')
            throw new _inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .UsageError */ .eb(['--path is not a flag: write the path after the command']);
        const meant = (0,_lib_nearest_js__WEBPACK_IMPORTED_MODULE_3__/* .nearest */ .p)(name, [...names, ...Object.keys(VIEW_OPTIONS)]);
        throw new _inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .UsageError */ .eb([`unknown flag --${name}${meant === undefined ? '' : `: did you mean --${meant}?`}`]);
    }
    function isKnown(name) {
        return Object.hasOwn(options, name) || Object.hasOwn(VIEW_OPTIONS, name);
    }
}
/** Returns the flag's name: `report-file` for `--report-file=a.json`. */
function nameOf(arg) {
    return arg.slice(2).split('=', 1)[0] ?? '';
}
function commandOf(word) {
    const command = _help_js__WEBPACK_IMPORTED_MODULE_1__/* .COMMANDS */ .Lo.find((each) => each === word);
    if (command !== undefined)
        return command;
    const meant = (0,_lib_nearest_js__WEBPACK_IMPORTED_MODULE_3__/* .nearest */ .p)(word, _help_js__WEBPACK_IMPORTED_MODULE_1__/* .COMMANDS */ .Lo);
    throw new _inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .UsageError */ .eb([
        `unknown command ${JSON.stringify(word)}${meant === undefined ? '' : `: did you mean ${meant}?`}`,
    ]);
}
/** Returns `--dry-run=true` for `--dry-run` alone, and the same for every other boolean input. */
function withBooleanValue(arg, index, args) {
    const name = arg.startsWith('--') ? arg.slice(2) : '';
    return isBoolean(name) && !/^(true|false)$/i.test(args[index + 1] ?? '') ? `${arg}=true` : arg;
}
function isBoolean(name) {
    return (Object.hasOwn(_inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .inputDefinitions */ .Z$, name) &&
        /^(true|false)$/.test(_inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .inputDefinitions */ .Z$[name].default));
}
/** Rewrites a mistake in an input for the terminal: `--images`, `$GITHUB_TOKEN`, and the command instead of the mode. */
function inWordsOfTerminal(problem) {
    const names = Object.keys(_inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .inputDefinitions */ .Z$);
    const flag = (name) => {
        const secret = SECRETS[name];
        return secret === undefined ? `--${name}` : `$${secret}`;
    };
    const end = problem.indexOf(': ');
    const head = problem
        .slice(0, Math.max(end, 0))
        .replace(/[\w-]+/g, (word) => (names.includes(word) ? flag(word) : word));
    const rest = problem
        .slice(Math.max(end, 0))
        .replace(/"(?:[^"\\]|\\.)*"|\bmode (\w+)|[\w-]+(: )?/g, (found, mode, colon) => {
        if (found.startsWith('"'))
            return found;
        if (mode !== undefined)
            return mode;
        const name = colon === undefined ? found : found.slice(0, -2);
        if (!names.includes(name) || (colon === undefined && !name.includes('-')))
            return found;
        return flag(name) + (colon === undefined ? '' : ' ');
    });
    return head + rest;
}


/***/ }),

/***/ 2577:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   C2: () => (/* binding */ changeOf),
/* harmony export */   j_: () => (/* binding */ readEvent),
/* harmony export */   nr: () => (/* binding */ codeOfFork)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3024);
/* harmony import */ var _formats_json_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6916);


/** Returns the change that an event proposes: a pull request, or a group of them in a merge queue. */
function changeOf({ pullRequest, mergeGroupBase }) {
    return pullRequest ?? (mergeGroupBase === undefined ? undefined : { baseSha: mergeGroupBase });
}
/** Reads the event from the environment variables that a runner sets. */
function readEvent(env) {
    const name = env['GITHUB_EVENT_NAME'] ?? '';
    const payload = readPayload(env['GITHUB_EVENT_PATH']);
    const repository = env['GITHUB_REPOSITORY'];
    return {
        name,
        ref: env['GITHUB_REF'] ?? '',
        sha: env['GITHUB_SHA'] ?? '',
        repositoryUrl: repository ? `${env['GITHUB_SERVER_URL'] ?? 'https://github.com'}/${repository}` : '',
        repository: repository ?? '',
        defaultBranch: (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .stringAt */ .bX)(payload, 'repository', 'default_branch') ?? '',
        api: { rest: env['GITHUB_API_URL'] ?? '', graphql: env['GITHUB_GRAPHQL_URL'] ?? '' },
        pullRequest: readPullRequest((0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .ownValue */ .eC)(payload, 'pull_request')),
        mergeGroupBase: (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .stringAt */ .bX)(payload, 'merge_group', 'base_sha'),
        origin: originOf(name, payload),
    };
}
function readPullRequest(pullRequest) {
    const number = (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .ownValue */ .eC)(pullRequest, 'number');
    if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 1)
        return undefined;
    const head = (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .ownValue */ .eC)(pullRequest, 'head');
    const from = (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .ownValue */ .eC)(head, 'repo');
    const base = (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .ownValue */ .eC)((0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .ownValue */ .eC)(pullRequest, 'base'), 'repo');
    return {
        number,
        fromFork: !isSame(from, base),
        headBranch: (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .stringAt */ .bX)(head, 'ref') ?? '',
        baseSha: (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .stringAt */ .bX)(pullRequest, 'base', 'sha') ?? '',
        merged: (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .ownValue */ .eC)(pullRequest, 'merged') === true,
    };
}
/** Tells whether two repositories are the same; a deleted one, as a fork can be, equals no other. */
function isSame(one, other) {
    const name = (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .stringAt */ .bX)(one, 'full_name');
    return name !== undefined && name === (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .stringAt */ .bX)(other, 'full_name');
}
/** @param payload `undefined` where it can't be read: the code then counts as a fork's */
function originOf(name, payload) {
    const issue = (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .ownValue */ .eC)(payload, 'issue');
    const own = (foreign, ownPullRequest) => ({
        foreign,
        ownPullRequest,
        pullRequestComment: (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .ownValue */ .eC)(issue, 'pull_request') !== undefined,
    });
    if (payload === undefined)
        return own('the payload of the event cannot be read');
    const dispatched = (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .ownValue */ .eC)((0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .ownValue */ .eC)(payload, 'client_payload'), 'pull_request');
    const pullRequest = (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .ownValue */ .eC)(payload, 'pull_request') ?? dispatched;
    if (pullRequest !== undefined || name.startsWith('pull_request')) {
        const read = readPullRequest(pullRequest);
        if (!read)
            return own('the event does not say which pull request it is about');
        if (read.fromFork)
            return own(`pull request #${read.number} comes from a fork`);
        return own(undefined, read.number);
    }
    const run = (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .ownValue */ .eC)(payload, 'workflow_run');
    if (run !== undefined || name === 'workflow_run')
        return isSame((0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .ownValue */ .eC)(run, 'head_repository'), (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .ownValue */ .eC)(payload, 'repository'))
            ? own()
            : own('the workflow run that started this one was for a fork');
    if (name === 'issue_comment' && !(0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asObject */ .eB)(issue))
        return own('the event does not say what the comment is on');
    return own();
}
/**
 * Events whose code is this repository's even where no git directory says what is checked out: without git,
 * actions/checkout downloads the files. With any other event, people may check out a pull request.
 */
const OWN_CODE = ['', 'push', 'schedule', 'release', 'create', 'merge_group'];
/**
 * Tells whether the code may be that of a fork, which anybody can write: the run may not write, build or log in then.
 * A fork's event is enough, regardless of what is checked out: `pull_request_target` and `workflow_run` run with the
 * base repository's secrets, and a fork's file can get into a checkout in more ways than git can show.
 * @returns the reason, as a clause; `undefined` when it is this repository's own code
 */
function codeOfFork(event, { commits, pullRequests, traces }) {
    const { foreign, ownPullRequest, pullRequestComment } = event.origin;
    if (foreign !== undefined)
        return foreign;
    const isTerminal = event.name === '';
    const ofRef = /^refs\/pull\/(\d{1,15})\//.exec(event.ref)?.[1];
    const found = [
        ...(ofRef === undefined ? [] : [Number(ofRef)]),
        ...pullRequests,
        // In a terminal, people review a pull request and know what they have checked out.
        ...(isTerminal ? [] : traces),
    ];
    const other = found.find((number) => number !== ownPullRequest);
    if (other !== undefined)
        return ownPullRequest === undefined
            ? `pull request #${other} is checked out, and ${event.name || 'nothing'} does not say whether it comes from a fork`
            : `pull request #${other} is checked out, though the event is about #${ownPullRequest}`;
    if (pullRequestComment && (commits.length === 0 || commits.some((each) => each !== event.sha)))
        return 'a comment started this run, and what is checked out may be a pull request from a fork';
    if (!isTerminal && commits.includes(undefined))
        return 'the git directory does not say what is checked out';
    const isTold = ownPullRequest !== undefined || event.name === 'workflow_run' || OWN_CODE.includes(event.name);
    if (commits.length === 0 && !isTold)
        return `there is no git directory that says what is checked out, and neither does ${event.name}`;
    return undefined;
}
/** Reads the payload: empty without a file (in a terminal), `undefined` where it isn't what GitHub writes. */
function readPayload(path) {
    if (!path)
        return {};
    try {
        return (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .asObject */ .eB)(JSON.parse((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(path, 'utf8')));
    }
    catch {
        return undefined;
    }
}


/***/ }),

/***/ 8894:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Fs: () => (/* binding */ usageOf),
/* harmony export */   Lo: () => (/* binding */ COMMANDS),
/* harmony export */   W5: () => (/* binding */ renderHelp),
/* harmony export */   fd: () => (/* binding */ renderCommandHelp)
/* harmony export */ });
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1699);

/** Every command of the terminal. */
const COMMANDS = [
    'check',
    'sync',
    'deploy',
    'rollback',
    'status',
    'add',
    'remove',
    'update',
    'outdated',
    'init',
    'explain',
    'help',
];
const ABOUT = {
    check: {
        what: 'read the plugins and say what is wrong',
        examples: [
            'check',
            'check ../tailchat --fail-on warning',
            'check --since main --findings new',
            'check --format json | jq .findings',
        ],
    },
    sync: {
        what: 'also write the registration files',
        examples: ['sync --dry-run', 'sync --fix'],
    },
    deploy: {
        what: 'also build, prove and push the image',
        examples: [
            'deploy --images registry.acme.example/tailchat --push false',
            'deploy --images registry.acme.example/tailchat --tags live --base-image moonrailgun/tailchat:latest',
            'deploy --as node --images registry.acme.example/plugins --tags live --base-image moonrailgun/tailchat',
        ],
    },
    rollback: {
        what: 'move the tags back to an earlier image, after proving it',
        examples: ['rollback --images registry.acme.example/tailchat --tags live'],
    },
    status: {
        what: 'ask the running server what it loads and serves',
        examples: [
            'status --live-url https://chat.acme.example',
            'status --live-url https://chat.acme.example --public-url https://plugins.acme.example',
        ],
    },
    add: {
        what: 'take a plugin over from elsewhere, with an entry in tailchat-plugins.lock',
        usage: 'add SOURCE [path] [--plugin NAME] [--flag value …]',
        examples: [
            'add github:acme/tailchat-theme#v1.2.0',
            'add github:acme/plugins#main --plugin com.acme.tickets',
            'add https://git.acme.example/plugins.git#v2:plugins/com.acme.tickets',
            'add npm:@acme/tailchat-tickets@^2',
            'add ../tailchat-theme',
        ],
    },
    remove: {
        what: 'remove a plugin from elsewhere',
        usage: 'remove NAME [path] [--flag value …]',
        examples: ['remove com.acme.tickets'],
    },
    update: {
        what: 'update the plugins from elsewhere, or one of them',
        usage: 'update [NAME] [path] [--flag value …]',
        examples: ['update', 'update com.acme.tickets', 'update --dry-run'],
    },
    outdated: {
        what: 'say which plugins from elsewhere have a newer version',
        examples: ['outdated'],
    },
    init: {
        what: 'write a tailchat-plugins.yml that states what the repository does today',
        examples: ['init', 'init --dry-run'],
    },
    explain: {
        what: 'say why a rule matters and how to mend what it finds',
        usage: 'explain RULE',
        examples: ['explain plugin/not-offered'],
    },
    help: { what: 'show this, or the flags of a command', usage: 'help [COMMAND]', examples: ['help deploy'] },
};
/** The flags of each command, grouped by subject; an input that no group names is shown under `Other`. */
const GROUPS = [
    {
        title: 'What is checked',
        commands: ['check', 'sync', 'deploy', 'add', 'remove', 'update', 'outdated'],
        names: ['declarations', 'undeclared', 'fail-on', 'findings'],
    },
    { title: 'What is written', commands: ['init'], names: ['declarations', 'dry-run'] },
    { title: 'What is written', commands: ['add', 'remove'], names: ['dry-run'] },
    {
        title: 'What is written',
        commands: ['update'],
        names: ['github-token', 'dry-run'],
    },
    { title: 'Login', commands: ['add', 'outdated'], names: ['github-token'] },
    {
        title: 'What is written',
        commands: ['sync', 'deploy'],
        names: ['fix', 'commit', 'commit-message', 'branch', 'github-token', 'dry-run'],
    },
    {
        title: 'How plugins reach users',
        commands: ['deploy'],
        names: ['as', 'public-url', 'bundle-dir', 'source-maps'],
    },
    {
        title: 'Image',
        commands: ['deploy'],
        names: [
            'images',
            'tags',
            'strategy',
            'base-image',
            'app-dir',
            'dockerfile',
            'context',
            'builder',
            'platforms',
            'labels',
            'build-args',
            'build-secrets',
            'cache-from',
            'cache-to',
            'push',
        ],
    },
    { title: 'Image', commands: ['rollback'], names: ['images', 'tags', 'to', 'app-dir', 'dry-run'] },
    {
        title: 'Container registry',
        commands: ['deploy', 'rollback', 'status'],
        names: ['registry', 'username', 'password'],
    },
    {
        title: 'Proof',
        commands: ['deploy', 'rollback'],
        names: ['verify', 'browser', 'boot-compose-file', 'boot-service', 'boot-timeout'],
    },
    {
        title: 'Server',
        commands: ['status'],
        names: ['live-url', 'live-timeout', 'images', 'tags', 'public-url', 'bundle-dir'],
    },
    {
        title: 'Report',
        commands: ['check', 'sync', 'deploy', 'rollback', 'status', 'add', 'remove', 'update', 'outdated'],
        names: ['report-file', 'sarif-file'],
    },
];
/** Inputs that are of no use in a terminal, or that a terminal takes in another way. */
const NOT_SHOWN = ['mode', 'path', 'summary', 'comment'];
const WIDTH = 80;
/** Returns what `help` prints: all commands. */
function renderHelp() {
    return `Checks, registers, builds and proves the plugins of a Tailchat repository.

Usage: tailchat-plugins COMMAND [path] [--flag value …]

${COMMANDS.map((name) => `  ${name.padEnd(10)}${ABOUT[name].what}`).join('\n')}

tailchat-plugins help COMMAND shows its flags and examples; --version the version.
Exit codes: 0 fine, 1 findings or a failed stage, 2 wrong usage.
`;
}
/**
 * Returns what `help COMMAND` prints: its flags with their defaults, and examples.
 * @param variables the environment variables that secrets are read from
 */
function renderCommandHelp(command, variables) {
    const { what, examples } = ABOUT[command];
    const groups = GROUPS.filter(({ commands }) => commands.includes(command));
    const known = new Set([...GROUPS.flatMap(({ names }) => names), ...NOT_SHOWN]);
    const others = Object.keys(_inputs_js__WEBPACK_IMPORTED_MODULE_0__/* .inputDefinitions */ .Z$).filter((name) => !known.has(name));
    const all = groups.length === 0 || command === 'init' ? groups : [...groups, { title: 'Other', names: others }];
    const view = groups.length === 0 || command === 'init'
        ? ''
        : `
Change:
  --since REVISION
      Compare with a branch, tag or commit: findings that it has too are old

View:
  --format stylish|json|github
      For people; the report file; workflow commands (default: stylish)
  --quiet
      Leave out what does not fail the run, and progress
  A report file or SARIF file named - is written to standard output.
`;
    return `${usageOf(command)}

${what.charAt(0).toUpperCase()}${what.slice(1)}.
${all
        .filter(({ names }) => names.length > 0)
        .map(({ title, names }) => `\n${title}:\n${names.map((name) => flagHelp(name, variables[name])).join('')}`)
        .join('')}${view}
Examples:
${examples.map((example) => `  tailchat-plugins ${example}`).join('\n')}
`;
}
/** Returns the line that shows how a command is called. */
function usageOf(command) {
    if (command === undefined)
        return 'Usage: tailchat-plugins COMMAND [path] [--flag value …]';
    return `Usage: tailchat-plugins ${ABOUT[command].usage ?? `${command} [path] [--flag value …]`}`;
}
function flagHelp(name, variable) {
    const { description, default: standard } = _inputs_js__WEBPACK_IMPORTED_MODULE_0__/* .inputDefinitions */ .Z$[name];
    if (variable !== undefined)
        return `  $${variable} (a variable of the environment)\n${indented(description)}`;
    const isSwitch = standard === 'false';
    const shown = standard === '' || isSwitch ? '' : ` (default: ${standard})`;
    return `  --${name}${isSwitch ? '' : ` ${placeholderOf(name)}`}\n${indented(description + shown)}`;
}
function placeholderOf(name) {
    if (name.endsWith('-timeout'))
        return 'SECONDS';
    if (name.endsWith('file'))
        return 'FILE';
    const { default: standard } = _inputs_js__WEBPACK_IMPORTED_MODULE_0__/* .inputDefinitions */ .Z$[name];
    return standard === 'true' ? 'true|false' : 'VALUE';
}
function indented(text) {
    const lines = ['     '];
    for (const word of text.split(' ')) {
        const last = lines.length - 1;
        if ((lines[last] ?? '').length + 1 + word.length > WIDTH)
            lines.push(`      ${word}`);
        else
            lines[last] += ` ${word}`;
    }
    return `${lines.join('\n')}\n`;
}


/***/ }),

/***/ 1699:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  eb: () => (/* binding */ UsageError),
  Z$: () => (/* binding */ inputDefinitions),
  TL: () => (/* binding */ parseInputs)
});

// EXTERNAL MODULE: ./.build/src/formats/image-reference.js
var image_reference = __nccwpck_require__(6137);
;// CONCATENATED MODULE: ./.build/src/inputs/list.js
/**
 * Splits a list input: one item a line, or separated by commas on one line; a line that starts with `#` is a
 * comment. A comma inside `key=value` pairs such as `type=gha,mode=max` belongs to the item.
 */
function parseList(text) {
    return text
        .split(/\r?\n/)
        .map((line) => line.trim())
        .filter((line) => line !== '' && !line.startsWith('#'))
        .flatMap((line) => (line.includes('=') ? [line] : line.split(',').map((item) => item.trim())))
        .filter((item) => item !== '');
}

;// CONCATENATED MODULE: ./.build/src/inputs/inputs.js


/** Every input, in the order of the documentation. action.yml and docs/inputs.md are made from this. */
const inputDefinitions = {
    mode: {
        default: 'check',
        description: '`check`: read only; `sync`: also write the registration files; `deploy`: also build, prove and push the image; `rollback`: move the tags back to an earlier proven image; `status`: ask the running server what it loads and serves; `update`: update plugins from elsewhere in the working tree. Code of a fork is only checked',
    },
    as: {
        default: 'image',
        description: '`deploy`: how the plugins reach users: `image`: in an image of Tailchat; `node`: their services in a container of their own next to an unchanged Tailchat, which runs `base-image`; `bundle`: their front ends as files for any static host, built on `base-image`',
    },
    to: {
        default: '',
        description: '`rollback`: the digest to go back to; empty: the one that the current image records as its predecessor',
    },
    path: {
        default: '.',
        description: 'The Tailchat checkout, relative to the workspace; a path outside the workspace is refused',
    },
    declarations: {
        default: 'tailchat-plugins.yml',
        description: 'The declarations file, relative to `path`; optional unless set explicitly',
    },
    undeclared: {
        default: 'report',
        description: 'A plugin that is registered nowhere and not declared: `report` it (a warning), or `offer` it (plugin registry for a frontend plugin, install list for a full-stack one)',
    },
    fix: {
        default: 'false',
        description: 'With `mode: sync` or `deploy`: also mend the findings that have one right answer (`fixable` in the report)',
    },
    'fail-on': {
        default: 'error',
        description: 'Lowest severity that fails the step: `error`, `warning`, `never`',
    },
    findings: {
        default: 'all',
        description: 'On a pull request, which findings fail the step: `all`; `new`: those that the pull request brings. Where the base is unknown, all are new',
    },
    commit: {
        default: 'none',
        description: 'What happens to the edits of `sync` and `deploy`: `none` (left in the working tree), `push` (one commit on the checked-out branch), `pull-request` (one pull request, kept up to date)',
    },
    'commit-message': {
        default: 'chore: update Tailchat plugin registrations',
        description: 'The message of the commit',
    },
    branch: { default: 'tailchat-plugins/sync', description: 'The branch of the pull request' },
    'github-token': {
        default: '${{ github.token }}',
        description: 'The token for `commit` (`contents: write`, and `pull-requests: write` for a pull request) and `comment` (`pull-requests: write`)',
    },
    images: {
        default: '',
        description: 'Image names without a tag, such as `ghcr.io/acme/tailchat`; needed by `deploy` and `rollback`. `status`: the image that the server should run, also as `name@digest`',
    },
    tags: {
        default: '',
        description: 'Tags, or full `name:tag` references (as other tag-making actions output them); empty: derived from the event',
    },
    labels: { default: '', description: 'Labels of the image, `key=value`, one a line' },
    'build-args': { default: '', description: 'Build arguments, `KEY=value`, one a line' },
    'build-secrets': {
        default: '',
        description: 'Build secrets as buildx takes them, such as `id=npm,env=NPM_TOKEN`',
    },
    platforms: {
        default: '',
        description: 'Platforms to build for, such as `linux/amd64`; empty: that of the builder',
    },
    'cache-from': { default: '', description: 'Where buildx reads its cache, such as `type=gha`' },
    'cache-to': { default: '', description: 'Where buildx writes its cache, such as `type=gha,mode=max`' },
    dockerfile: { default: 'Dockerfile', description: 'The Dockerfile, relative to `path`' },
    context: { default: '.', description: 'The build context, relative to `path`' },
    builder: { default: '', description: 'The buildx builder; empty: the current one' },
    strategy: {
        default: 'auto',
        description: '`full`: the repository’s own Dockerfile; `overlay`: only the plugins, on `base-image`; `auto` chooses and says why',
    },
    'base-image': {
        default: '',
        description: 'The image an overlay goes on; where it is an overlay itself, the image below is taken',
    },
    'app-dir': { default: '/app/tailchat', description: 'Where the application lives in the image' },
    push: { default: 'true', description: '`false` builds and proves without pushing' },
    registry: { default: '', description: 'Host of the container registry to log in to for this step alone' },
    username: { default: '', description: 'User name for the login' },
    password: {
        default: '',
        description: 'Password or token for the login; it goes over standard input and is forgotten after the step',
    },
    verify: {
        default: 'load',
        description: '`none`; `load`: construct every service in the built image, without a network; `boot`: that, and then start a stack with the image and read `/health`',
    },
    'boot-compose-file': {
        default: '',
        description: 'The compose file of the stack for `boot`, relative to `path`; empty: the one that comes with this action (MongoDB, Redis, MinIO)',
    },
    'boot-service': {
        default: '',
        description: 'Which of its services carries the built image (`as: node`: which one runs Tailchat); so do all others with the same image. Empty: it is recognised by its image',
    },
    'boot-timeout': {
        default: '180',
        description: 'Seconds from the start of the stack until `boot` gives up',
    },
    'bundle-dir': {
        default: 'tailchat-bundles',
        description: '`as: bundle`: where the files go, relative to `path`',
    },
    'public-url': {
        default: '',
        description: '`as: bundle`: the address under which `bundle-dir` will be served, such as `https://plugins.acme.example`; `as: node`: where the front ends of its full-stack plugins are served; `status`: the static host to ask as well',
    },
    'source-maps': { default: 'false', description: '`as: bundle`: whether source maps come along' },
    'live-url': {
        default: '',
        description: '`status`: the address of the running server, such as `https://chat.acme.example`',
    },
    'live-timeout': {
        default: '120',
        description: '`status`: seconds until it gives up waiting for the server to be as it should',
    },
    browser: {
        default: 'auto',
        description: 'Every front end of the image evaluated in a headless Chrome, without a network: `auto`: where one is found; `require`: without one the deploy fails; `off`',
    },
    summary: { default: 'true', description: 'Write the job summary' },
    comment: {
        default: 'false',
        description: 'One comment on the pull request that set the run off, updated in place',
    },
    'sarif-file': { default: '', description: 'Write SARIF 2.1.0 there, for code scanning' },
    'report-file': { default: '', description: 'Write the whole report as JSON there' },
    'dry-run': { default: 'false', description: 'Decide and report everything, change nothing anywhere' },
};
/** Mistakes that the user made in the inputs, one line each. */
class UsageError extends Error {
    problems;
    constructor(problems) {
        super(problems.join('\n'));
        this.problems = problems;
        this.name = 'UsageError';
    }
}
/**
 * Reads and checks every input.
 * @param read gives an input's text; empty when it is not set
 * @throws {UsageError} with all mistakes at once
 */
function parseInputs(read) {
    const values = inputValues(read);
    const inputs = readInputs(values);
    const problems = [
        ...halfLogin(values),
        ...values.problems,
        ...missingForMode(inputs, values),
        ...missingToken(inputs),
        ...(inputs.image.appDir.startsWith('/')
            ? []
            : [`app-dir: found ${JSON.stringify(inputs.image.appDir)}; it must be an absolute path`]),
    ];
    if (problems.length > 0)
        throw new UsageError(problems);
    return inputs;
}
function inputValues(read) {
    const problems = [];
    const texts = new Map(Object.keys(inputDefinitions).map((name) => [name, read(name).trim()]));
    const given = (name) => texts.get(name) ?? '';
    const text = (name) => given(name) || inputDefinitions[name].default;
    return {
        problems,
        given,
        text,
        list: (name) => parseList(text(name)),
        choice: (name, allowed) => {
            const value = allowed.find((each) => each === text(name));
            if (value !== undefined)
                return value;
            problems.push(`${name}: found ${JSON.stringify(text(name))}; allowed: ${allowed.join(', ')}`);
            return allowed[0];
        },
        boolean: (name) => {
            const value = text(name);
            if (/^(true|True|TRUE)$/.test(value))
                return true;
            if (!/^(false|False|FALSE)$/.test(value))
                problems.push(`${name}: found ${JSON.stringify(value)}; allowed: true, false`);
            return false;
        },
        seconds: (name) => {
            const value = text(name);
            if (!/^[1-9]\d{0,5}$/.test(value))
                problems.push(`${name}: found ${JSON.stringify(value)}; it must be a whole number of seconds`);
            return Number(value);
        },
        address: (name) => {
            const value = text(name);
            if (value === '')
                return '';
            const url = URL.canParse(value) ? new URL(value) : undefined;
            if (url && /^https?:$/.test(url.protocol) && !/[@?#]/.test(value))
                return withoutSlashes(url.href);
            // The value is not shown, since it may hold a password.
            problems.push(`${name}: it must be an address such as https://chat.acme.example, without @, ? and #`);
            return '';
        },
    };
}
function readInputs({ given, text, list, choice, boolean, seconds, address }) {
    const [username, password] = [text('username'), text('password')];
    return {
        mode: choice('mode', ['check', 'sync', 'deploy', 'rollback', 'status', 'update']),
        task: { subject: '', plugin: '' },
        as: choice('as', ['image', 'node', 'bundle']),
        bundle: {
            directory: text('bundle-dir'),
            publicUrl: address('public-url'),
            sourceMaps: boolean('source-maps'),
        },
        to: text('to'),
        path: text('path'),
        declarations: { file: text('declarations'), required: given('declarations') !== '' },
        undeclared: choice('undeclared', ['report', 'offer']),
        fix: boolean('fix'),
        failOn: choice('fail-on', ['error', 'warning', 'never']),
        findings: choice('findings', ['all', 'new']),
        publish: {
            commit: choice('commit', ['none', 'push', 'pull-request']),
            message: text('commit-message'),
            branch: text('branch'),
            comment: boolean('comment'),
            // Its default is an expression that only a workflow fills in.
            token: given('github-token'),
        },
        image: {
            names: list('images'),
            tags: list('tags'),
            labels: list('labels'),
            buildArgs: list('build-args'),
            buildSecrets: list('build-secrets'),
            platforms: list('platforms'),
            cacheFrom: list('cache-from'),
            cacheTo: list('cache-to'),
            dockerfile: text('dockerfile'),
            context: text('context'),
            builder: text('builder'),
            strategy: choice('strategy', ['auto', 'full', 'overlay']),
            baseImage: text('base-image'),
            appDir: text('app-dir'),
            push: boolean('push'),
            login: username && password ? { registry: text('registry'), username, password } : undefined,
        },
        verify: choice('verify', ['none', 'load', 'boot']),
        boot: {
            composeFile: text('boot-compose-file'),
            service: text('boot-service'),
            timeoutSeconds: seconds('boot-timeout'),
        },
        live: { url: address('live-url'), timeoutSeconds: seconds('live-timeout') },
        browser: choice('browser', ['auto', 'require', 'off']),
        summary: boolean('summary'),
        sarifFile: text('sarif-file'),
        reportFile: text('report-file'),
        dryRun: boolean('dry-run'),
    };
}
function halfLogin({ text }) {
    return (text('username') === '') === (text('password') === '')
        ? []
        : ['username and password: set both to log in, or neither'];
}
/** Returns what is missing or unusable for what the run is asked to do. */
function missingForMode({ mode, as, to, image, publish }, { text }) {
    const deploysBundle = mode === 'deploy' && as === 'bundle';
    const deploysNode = mode === 'deploy' && as === 'node';
    const needsImages = (mode === 'deploy' && !deploysBundle) || mode === 'rollback';
    const checks = [
        [
            mode === 'deploy' && image.strategy === 'overlay' && image.baseImage === '',
            'base-image: strategy overlay needs the image to go on',
        ],
        [
            deploysNode && image.baseImage === '',
            'base-image: as: node goes on the image of Tailchat that runs, such as moonrailgun/tailchat, so name it',
        ],
        [
            deploysNode && image.strategy === 'full',
            'strategy: as: node is always an overlay on base-image; leave strategy out',
        ],
        [
            deploysBundle && image.baseImage === '',
            'base-image: as: bundle builds with the toolchain of a Tailchat image, so name one',
        ],
        [
            deploysBundle && text('public-url') === '',
            'public-url: as: bundle needs the address under which the files will be served, such as https://plugins.acme.example',
        ],
        [
            needsImages && image.names.length === 0,
            `images: mode ${mode} needs the name of an image, such as ghcr.io/acme/tailchat`,
        ],
        [
            mode === 'rollback' && to !== '' && !(0,image_reference/* isDigest */.Bc)(to),
            `to: found ${JSON.stringify(to)}; it must be a digest, sha256: and 64 hexadecimal digits, such as the output previous-digest of an earlier run`,
        ],
        [mode === 'rollback' && !image.push, 'push: mode rollback only moves tags; use dry-run to see which'],
        [
            mode === 'update' && publish.commit !== 'none',
            'commit: mode update changes the working tree only: leave it at none, and commit in a step of your own',
        ],
        [
            mode === 'status' && text('live-url') === '' && text('public-url') === '',
            'live-url: mode status needs the address of the server, such as https://chat.acme.example, or public-url, that of a static host',
        ],
    ];
    return checks.flatMap(([isWrong, problem]) => (isWrong ? [problem] : []));
}
function missingToken({ mode, publish }) {
    const reasons = [
        ...((mode === 'sync' || mode === 'deploy') && publish.commit !== 'none'
            ? [`commit: ${publish.commit}`]
            : []),
        ...(publish.comment ? ['comment: true'] : []),
    ];
    if (reasons.length === 0 || publish.token !== '')
        return [];
    return [
        `github-token: ${reasons.join(' and ')} need${reasons.length === 1 ? 's' : ''} a token for GitHub's API`,
    ];
}
/** Returns an address without the slashes at its end. */
function withoutSlashes(address) {
    let end = address.length;
    while (address[end - 1] === '/')
        end--;
    return address.slice(0, end);
}


/***/ }),

/***/ 8551:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Cj: () => (/* binding */ STAGING),
/* harmony export */   KH: () => (/* binding */ isText),
/* harmony export */   Le: () => (/* binding */ clearStaging),
/* harmony export */   O7: () => (/* binding */ removeStaging),
/* harmony export */   Qz: () => (/* binding */ EVERYTHING),
/* harmony export */   XK: () => (/* binding */ IGNORE),
/* harmony export */   as: () => (/* binding */ applyEditsToDisk),
/* harmony export */   fo: () => (/* binding */ isFile),
/* harmony export */   me: () => (/* binding */ makeStaging),
/* harmony export */   qf: () => (/* binding */ writeNew)
/* harmony export */ });
/* unused harmony export putBack */
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6760);
/* harmony import */ var _files_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(5312);
/* harmony import */ var _wording_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(1067);




/**
 * Where texts wait until all of them are on the disk: in the repository, since a file can only be renamed within its
 * file system, and in one place, since the next run has to find what a killed one has left.
 */
const STAGING = '.tailchat-plugins.tmp';
/**
 * Writes the edits into the working tree: each file is replaced whole, its mode kept, and all of them or none. Every
 * text, old and new, is on the disk before the first file is replaced; when one can't be, those done are put back. A
 * process that is killed meanwhile leaves each file wholly old or wholly new, and the next call removes what else it
 * left: call this also when there is nothing to write.
 * @param root absolute path of the repository, with its symbolic links resolved
 * @throws when a file can't be replaced, or changed since the edits were computed
 */
function applyEditsToDisk(root, edits) {
    const staging = clearStaging(root);
    if (edits.length === 0)
        return;
    makeStaging(staging);
    try {
        replaceAll(edits.map((edit, index) => prepare(root, edit, (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(staging, String(index)))));
    }
    finally {
        removeStaging(staging);
    }
}
/** Removes what a killed run has left. @returns where the staging directory goes */
function clearStaging(root) {
    const staging = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, STAGING);
    if (isLeftByRun(staging))
        removeStaging(staging);
    return staging;
}
/** Makes the staging directory. @throws when something that is not this tool's is in its place */
function makeStaging(staging) {
    if ((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(staging))
        throw new Error(`${STAGING} is in the way: this tool did not make it; rename or remove it`);
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdirSync)(staging);
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeFileSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(staging, IGNORE), EVERYTHING);
}
/** First in and last out: wherever a run is killed, no commit takes the texts along. */
const IGNORE = '.gitignore';
const EVERYTHING = '*\n';
/** Whether a directory holds what a killed run leaves and nothing else: what a repository has of that name stays. */
function isLeftByRun(staging) {
    if (!(0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(staging, { throwIfNoEntry: false })?.isDirectory())
        return false;
    const entries = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)(staging, { withFileTypes: true });
    const ignore = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(staging, IGNORE);
    return (
    // A link in their place may lead to a file that has no end.
    entries.every((each) => each.isFile() && (each.name === IGNORE || /^\d+\.(?:old|new)$/.test(each.name))) &&
        // A run that was killed before it wrote a word to it left it empty.
        (!entries.some(({ name }) => name === IGNORE) || isText(ignore, EVERYTHING) || isText(ignore, '')));
}
/** Whether it is a file itself: a link in its place may lead to a device that has no end. */
function isFile(path) {
    return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(path, { throwIfNoEntry: false })?.isFile() === true;
}
/** Whether a file, and no link to one, holds a text; a longer one is not read. */
function isText(path, text) {
    return (isFile(path) && (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(path).size === Buffer.byteLength(text) && (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(path, 'utf8') === text);
}
/** Removes the staging directory; its .gitignore goes last. */
function removeStaging(staging) {
    // A link is only removed itself.
    if ((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(staging, { throwIfNoEntry: false })?.isDirectory())
        for (const name of (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)(staging))
            if (name !== IGNORE)
                (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(staging, name), { recursive: true, force: true });
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(staging, { recursive: true, force: true });
}
function prepare(root, { file, before, after }, waiting) {
    const path = targetOf(root, file);
    const found = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(path) ? (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(path, 'utf8') : undefined;
    if (found !== before)
        throw new Error(`${file} changed while it was being worked on: run again`);
    // What was read of it stands for other bytes, which writing it would destroy.
    if (found?.includes('\uFFFD') && !Buffer.from(found).equals((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(path)))
        throw new Error(`${file} is not valid UTF-8: save it as UTF-8, and run again`);
    const mode = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(path, { throwIfNoEntry: false })?.mode;
    return {
        file,
        path,
        old: before === undefined ? undefined : writeNew(`${waiting}.old`, before, mode),
        new: after === undefined ? undefined : writeNew(`${waiting}.new`, after, mode),
    };
}
/** A link inside the repository is written through to its target; one that leaves it is refused. */
function targetOf(root, file) {
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, file);
    const target = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(path) ? (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.realpathSync)(path) : (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.realpathSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(path)), (0,node_path__WEBPACK_IMPORTED_MODULE_1__.basename)(path));
    if (!(0,_files_js__WEBPACK_IMPORTED_MODULE_2__/* .isInside */ .FK)(root, target))
        throw new Error(`${file} is a symbolic link out of the repository`);
    return target;
}
/** Writes a file that is not there yet, to the disk itself; gives its path. */
function writeNew(path, text, mode) {
    const descriptor = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.openSync)(path, 'wx');
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeFileSync)(descriptor, text);
        if (mode !== undefined)
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.fchmodSync)(descriptor, mode);
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.fsyncSync)(descriptor);
    }
    finally {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.closeSync)(descriptor);
    }
    return path;
}
function replaceAll(replacements) {
    const done = [];
    try {
        for (const each of replacements) {
            put(each.new, each.path);
            done.push(each);
        }
        // What is renamed is only safe from a power cut once its directory is written.
        for (const directory of new Set(replacements.map(({ path }) => (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(path))))
            flushDirectory(directory);
    }
    catch (error) {
        putBack(done, error);
    }
}
/**
 * Undoes what was done, the last first, and goes on where that fails.
 * @throws always: `error`, or one that tells of it and of what could not be put back
 */
function putBack(done, error) {
    const failures = [];
    for (const { file, path, old } of [...done].reverse()) {
        try {
            put(old, path);
        }
        catch (failure) {
            failures.push(`${file} could not be put back (${(0,_files_js__WEBPACK_IMPORTED_MODULE_2__/* .errorCode */ .CA)(failure)})`);
        }
    }
    if (failures.length === 0)
        throw error;
    const message = (0,_wording_js__WEBPACK_IMPORTED_MODULE_3__/* .messageOf */ .bD)(error);
    throw new Error(`${message}; ${failures.join(', ')}: restore what git shows as changed`, { cause: error });
}
function put(waiting, path) {
    if (waiting === undefined)
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(path);
    else
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.renameSync)(waiting, path);
}
function flushDirectory(directory) {
    // Windows opens no directory.
    if (process.platform === 'win32')
        return;
    const descriptor = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.openSync)(directory, 'r');
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.fsyncSync)(descriptor);
    }
    catch (error) {
        // Some network file systems can't: they have their own way.
        if ((0,_files_js__WEBPACK_IMPORTED_MODULE_2__/* .errorCode */ .CA)(error) !== 'EINVAL')
            throw error;
    }
    finally {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.closeSync)(descriptor);
    }
}


/***/ }),

/***/ 4519:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   s: () => (/* binding */ readCheckedOut)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6760);
/* harmony import */ var _git_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(9779);



/** Reads what is checked out at `root`, in every repository that it lies in. */
function readCheckedOut(root) {
    const all = [...(0,_git_js__WEBPACK_IMPORTED_MODULE_2__/* .repositoriesAbove */ .q$)(root)].map(checkedOutIn);
    return {
        commits: all.map(({ commit }) => commit),
        pullRequests: all.flatMap(({ pullRequests }) => pullRequests),
        traces: all.flatMap(({ traces }) => traces),
    };
}
function checkedOutIn({ directory, common }) {
    const packed = packedRefs(common);
    const head = (0,_git_js__WEBPACK_IMPORTED_MODULE_2__/* .readSmall */ .o5)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(directory, 'HEAD'))?.trim() ?? '';
    const branch = /^ref: (refs\/.+)$/.exec(head)?.[1];
    const commit = objectId(branch === undefined ? head : (looseRef(common, branch) ?? packed.get(branch)));
    const refs = new Map([...packed, ...looseRefs(common, 'refs/remotes/pull')]);
    const pullRequests = [...refs].flatMap(([ref, id]) => id === commit ? numberIn(ref.replace(/^refs\/remotes\/pull\//, '')) : []);
    const fetched = ((0,_git_js__WEBPACK_IMPORTED_MODULE_2__/* .readSmall */ .o5)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(directory, 'FETCH_HEAD')) ?? '')
        .split('\n')
        .filter((line) => commit !== undefined && line.startsWith(`${commit}\t`))
        .map((line) => /'(?:refs\/)?pull\/(\d{1,15}\/)/.exec(line)?.[1] ?? '');
    const moved = endOf((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(directory, 'logs', 'HEAD'))
        .split('\n')
        .findLast((line) => line.includes('\tcheckout: moving from '));
    const target = /(?:^| to )(?:refs\/)?(?:remotes\/)?pull\/(\d{1,15}\/)\S*$/.exec(moved ?? '')?.[1] ?? '';
    return { commit, pullRequests, traces: [...fetched, target].flatMap(numberIn) };
}
/** The number at the start of `7/merge`. */
function numberIn(text) {
    const digits = /^(\d{1,15})\//.exec(text)?.[1];
    return digits === undefined ? [] : [Number(digits)];
}
function objectId(text) {
    return text !== undefined && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text) ? text : undefined;
}
function looseRef(common, ref) {
    return ref.split('/').includes('..') ? undefined : (0,_git_js__WEBPACK_IMPORTED_MODULE_2__/* .readSmall */ .o5)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(common, ref))?.trim();
}
/** The refs below one, by their full names. */
function looseRefs(common, below) {
    const directory = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(common, below);
    if (!(0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(directory))
        return [];
    return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)(directory, { withFileTypes: true }).flatMap((entry) => {
        const ref = `${below}/${entry.name}`;
        if (entry.isDirectory())
            return looseRefs(common, ref);
        const id = looseRef(common, ref);
        return id === undefined ? [] : [[ref, id]];
    });
}
/** The refs of pull requests and branches among those that git has packed into one file (the last 64 MiB of it). */
function packedRefs(common) {
    const refs = new Map();
    for (const line of endOf((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(common, 'packed-refs'), PACKED_BYTES).split('\n')) {
        const [, id, ref] = /^([0-9a-f]{40,64}) (refs\/(?:heads|remotes\/pull)\/.+)$/.exec(line) ?? [];
        if (id !== undefined && ref !== undefined)
            refs.set(ref, id);
    }
    return refs;
}
/** A hundred times the refs of a large repository. */
const PACKED_BYTES = 64 * 1024 * 1024;
const LOG_BYTES = 64 * 1024;
/** Reads the end of a file that may be long; empty where it can't be read. */
function endOf(file, bytes = LOG_BYTES) {
    let descriptor;
    try {
        descriptor = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.openSync)(file, 'r');
        const stat = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.fstatSync)(descriptor);
        if (!stat.isFile())
            return '';
        const length = Math.min(stat.size, bytes);
        const buffer = Buffer.alloc(length);
        const read = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readSync)(descriptor, buffer, 0, length, stat.size - length);
        return buffer.toString('utf8', 0, read);
    }
    catch {
        return '';
    }
    finally {
        if (descriptor !== undefined)
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.closeSync)(descriptor);
    }
}


/***/ }),

/***/ 5908:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  Q: () => (/* binding */ CommandError),
  d: () => (/* binding */ runCommand)
});

// EXTERNAL MODULE: external "node:async_hooks"
var external_node_async_hooks_ = __nccwpck_require__(6698);
// EXTERNAL MODULE: external "node:diagnostics_channel"
var external_node_diagnostics_channel_ = __nccwpck_require__(3053);
;// CONCATENATED MODULE: external "node:string_decoder"
const external_node_string_decoder_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:string_decoder");
// EXTERNAL MODULE: ./.build/src/lib/environment.js
var environment = __nccwpck_require__(7102);
// EXTERNAL MODULE: ./.build/src/lib/interrupt.js
var interrupt = __nccwpck_require__(1404);
// EXTERNAL MODULE: ./.build/src/lib/wording.js
var wording = __nccwpck_require__(1067);
;// CONCATENATED MODULE: ./.build/src/lib/command.js






/** How many of the last lines of a failed command are kept for its error. */
const LAST_LINES = 30;
/** Longer than any line that a person reads; what follows in it is dropped. */
const MAX_LINE = 16 * 1024;
/** More than git or docker has to say about any repository or image. */
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;
/** How long a command has to end by itself when it took too long. */
const GRACE_MILLISECONDS = 5000;
/** Below what Linux, macOS and Windows let an argument list have. */
const MAX_ARGUMENTS_BYTES = process.platform === 'win32' ? 30 * 1024 : 512 * 1024;
const MAX_ARGUMENT_BYTES = 128 * 1024 - 1;
/** A command that failed, with what a person needs to see why. */
class CommandError extends Error {
    /** The command and its arguments, for reading; never handed to a shell. */
    command;
    /** `undefined` when the command was not started, was ended, or took too long. */
    exitCode;
    lastLines;
    /** How it ended, such as `exit code 1`; or what is known to have gone wrong. */
    outcome;
    constructor(failure) {
        super(`${failure.command}: ${failure.outcome}`);
        this.name = 'CommandError';
        this.command = failure.command;
        this.exitCode = failure.exitCode;
        this.lastLines = failure.lastLines;
        this.outcome = failure.outcome;
    }
}
const started = new external_node_async_hooks_.AsyncLocalStorage();
(0,external_node_diagnostics_channel_.subscribe)('child_process', (message) => {
    const store = started.getStore();
    if (!store)
        return;
    const { process: child } = message;
    store.child = child;
    // It is made before it has streams. One that ends without reading its input is no failure of this process.
    queueMicrotask(() => child.stdin?.on('error', () => undefined));
});
/**
 * Runs a command with an argument array; no shell is involved. Children are ended with this process.
 * @returns what it wrote to standard output, without its last newline
 * @throws {CommandError} when it can't be started, exits with another code than 0, takes too long, or writes more than
 *   64 MiB that were to be returned; what it writes to standard error is no failure
 */
async function runCommand(command, args, options) {
    const { cwd, env, input = '', timeoutSeconds, onLine, ignoreOutput, encoding = 'utf8', signal } = options;
    const lastLines = [];
    const failed = (exitCode, outcome) => new CommandError({ command: [command, ...args].join(' '), exitCode, lastLines, outcome });
    const unusable = whyUnusable([command, ...args]);
    if (unusable !== undefined)
        throw failed(undefined, unusable);
    const line = (text) => {
        onLine?.(text);
        lastLines.push(text);
        if (lastLines.length > LAST_LINES)
            lastLines.shift();
    };
    const [stdoutLines, stderrLines] = [lineReader(line), lineReader(line)];
    const output = [];
    let outputBytes = 0;
    const listeners = {
        stdout: (data) => {
            stdoutLines.write(data);
            outputBytes += data.length;
            if (!ignoreOutput && outputBytes <= MAX_OUTPUT_BYTES)
                output.push(Buffer.from(data));
            hideFromExec(data);
        },
        stderr: (data) => {
            stderrLines.write(data);
            hideFromExec(data);
        },
    };
    // Loaded here, since most runs check and start no command at all.
    const { exec } = await __nccwpck_require__.e(/* import() */ 260).then(__nccwpck_require__.bind(__nccwpck_require__, 1260));
    const store = {};
    let tookTooLong = false;
    let kill;
    const limit = setTimeout(() => {
        tookTooLong = true;
        store.child?.kill('SIGTERM');
        kill = setTimeout(() => store.child?.kill('SIGKILL'), GRACE_MILLISECONDS);
    }, timeoutSeconds * 1000);
    const end = () => void store.child?.kill();
    // Before anything is cleaned up: a command under way would do again what is undone.
    const forget = (0,interrupt/* onInterrupt */.n)(end);
    process.once('exit', end);
    signal?.addEventListener('abort', end);
    let exitCode;
    try {
        exitCode = await started.run(store, () => 
        // The first one would be split at its spaces.
        exec(`"${command}"`, args, {
            ...(cwd !== undefined && { cwd }),
            env: (0,environment/* childEnvironment */.Q)(env),
            input: Buffer.from(input),
            listeners,
            silent: true,
            ignoreReturnCode: true,
        }));
    }
    catch (error) {
        throw failed(undefined, whyNotStarted(command, error));
    }
    finally {
        clearTimeout(limit);
        clearTimeout(kill);
        process.off('exit', end);
        signal?.removeEventListener('abort', end);
        forget();
    }
    stdoutLines.end();
    stderrLines.end();
    if (tookTooLong)
        throw failed(undefined, `took longer than ${timeoutSeconds} s`);
    if (exitCode === null)
        throw failed(undefined, `was ended by ${store.child?.signalCode ?? 'a signal'}`);
    if (exitCode !== 0)
        throw failed(exitCode, `exit code ${exitCode}`);
    if (ignoreOutput)
        return '';
    if (outputBytes > MAX_OUTPUT_BYTES)
        throw failed(undefined, `wrote more than the ${MAX_OUTPUT_BYTES} bytes that are read`);
    return Buffer.concat(output)
        .toString(encoding)
        .replace(/\r?\n$/, '');
}
/** @actions/exec collects the line it is in, however long it gets: it is given nothing to collect. */
function hideFromExec(data) {
    data.toString = () => '';
}
/** What Node.js would throw for where nothing can catch it. */
function whyUnusable(words) {
    const bytes = words.map((word) => Buffer.byteLength(word));
    if (words.some((word) => word.includes('\0')))
        return 'an argument holds a NUL character';
    const total = bytes.reduce((sum, each) => sum + each + 1, 0);
    return total > MAX_ARGUMENTS_BYTES || bytes.some((each) => each > MAX_ARGUMENT_BYTES)
        ? 'its arguments are too long'
        : undefined;
}
function whyNotStarted(command, error) {
    const message = (0,wording/* messageOf */.bD)(error);
    if (/^Unable to locate executable file|\bENOENT\b/.test(message))
        return `${command} is not installed, or not on the PATH`;
    return message;
}
/** Gives `onLine` each line of a stream, cut after its first 16,384 characters. */
function lineReader(onLine) {
    const decoder = new external_node_string_decoder_namespaceObject.StringDecoder('utf8');
    let rest = '';
    let isCut = false;
    const add = (text) => {
        const room = MAX_LINE - rest.length;
        isCut ||= text.length > room;
        if (room > 0)
            rest += text.slice(0, room);
    };
    const flush = () => {
        onLine(isCut ? `${rest}…` : rest.replace(/\r$/, ''));
        rest = '';
        isCut = false;
    };
    return {
        write: (data) => {
            const [first = '', ...others] = decoder.write(data).split('\n');
            add(first);
            for (const other of others) {
                flush();
                add(other);
            }
        },
        end: () => {
            add(decoder.end());
            if (rest !== '')
                flush();
        },
    };
}


/***/ }),

/***/ 7102:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ childEnvironment),
/* harmony export */   R: () => (/* binding */ dockerTokens)
/* harmony export */ });
/** What a step is handed and no program that it starts needs: its inputs, the runner's own tokens, GitHub's. */
const HANDED = /^(?:INPUT|STATE|ACTIONS|TAILCHAT_PLUGINS)_|^(?:GITHUB|GH)_TOKEN$/i;
/** What docker may need: the runner's cache (`type=gha`), and GitHub's token for a build secret or a credential helper. */
const FOR_DOCKER = /^ACTIONS_|^(?:GITHUB|GH)_TOKEN$/i;
/**
 * Returns the environment of this process without the step's inputs and tokens: the one that every child gets.
 * @param added what the child gets besides; `undefined` takes a variable out
 */
function childEnvironment(added = {}) {
    const kept = Object.entries(process.env).filter(([name]) => !HANDED.test(name));
    return defined({ ...Object.fromEntries(kept), ...added });
}
/** Returns the tokens that docker gets where it builds, pulls and pushes; not where it runs what it built. */
function dockerTokens() {
    return defined(Object.fromEntries(Object.entries(process.env).filter(([name]) => FOR_DOCKER.test(name))));
}
function defined(variables) {
    return Object.fromEntries(Object.entries(variables).filter((entry) => entry[1] !== undefined));
}


/***/ }),

/***/ 5312:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   CA: () => (/* binding */ errorCode),
/* harmony export */   CS: () => (/* binding */ listFiles),
/* harmony export */   FK: () => (/* binding */ isInside),
/* harmony export */   IK: () => (/* binding */ readListedFile),
/* harmony export */   PZ: () => (/* binding */ writeFileWithin),
/* harmony export */   Sk: () => (/* binding */ listDirectories),
/* harmony export */   Tl: () => (/* binding */ listFileNames),
/* harmony export */   g_: () => (/* binding */ repositoryText),
/* harmony export */   lY: () => (/* binding */ findFiles),
/* harmony export */   tz: () => (/* binding */ readRepositoryFile)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(6760);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(2184);
/* harmony import */ var _wording_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(1067);





/** Larger than any manifest, package.json, registration or service file that a person writes. */
const MAX_BYTES = 4 * 1024 * 1024;
const LEADS_OUT = 'is a symbolic link out of the repository';
/** Made once: a check decodes thousands of files. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
/**
 * Reads a UTF-8 file of the repository.
 * @param root absolute path of the repository, with its symbolic links resolved
 * @param path relative to `root`, with forward slashes
 */
function readRepositoryFile(root, path) {
    return readText(root, path, true);
}
/** Returns the text of a file of the repository; `undefined` when it has none that can be read. */
function repositoryText(root, path) {
    const result = readRepositoryFile(root, path);
    return 'text' in result ? result.text : undefined;
}
/** The same below a directory in which a listing met no symbolic link: none has to be looked for again. */
function readListedFile(root, path) {
    return readText(root, path, false);
}
function readText(root, path, mayBeLinked) {
    const absolute = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(root, path);
    try {
        // A check reads hundreds of files: the native one takes a third of the time.
        if (mayBeLinked && !isInside(root, node_fs__WEBPACK_IMPORTED_MODULE_1__.realpathSync.native(absolute)))
            return { reason: LEADS_OUT };
        const stat = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.statSync)(absolute);
        if (!stat.isFile())
            return { reason: 'is not a file' };
        if (stat.size > MAX_BYTES)
            return { reason: `has ${stat.size} bytes: more than the ${MAX_BYTES} that are read` };
        return { text: utf8.decode((0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readFileSync)(absolute)) };
    }
    catch (error) {
        if (isErrorWithCode(error, 'ENOENT') || isErrorWithCode(error, 'ENOTDIR'))
            return { missing: true };
        if (isErrorWithCode(error, 'ERR_ENCODING_INVALID_ENCODED_DATA'))
            return inOtherEncoding((0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readFileSync)(absolute));
        return { reason: `cannot be read (${errorCode(error)})` };
    }
}
const UTF_16 = [Buffer.of(0xff, 0xfe), Buffer.of(0xfe, 0xff)];
function inOtherEncoding(bytes) {
    if (UTF_16.some((mark) => bytes.subarray(0, 2).equals(mark)))
        return { reason: 'is UTF-16, not UTF-8' };
    const text = bytes.toString('utf8');
    const offset = firstInvalid(bytes, text);
    const byte = bytes[Buffer.byteLength(text.slice(0, offset))] ?? 0;
    const { line } = (0,_text_js__WEBPACK_IMPORTED_MODULE_3__/* .positionAt */ .t$)({ path: '', text }, offset);
    const hex = byte.toString(16).toUpperCase().padStart(2, '0');
    return {
        reason: `is not valid UTF-8: line ${line} has the byte 0x${hex}, as in a file saved as GBK or Latin-1`,
        inOtherEncoding: { text, offset },
    };
}
/** The offset of the first U+FFFD that is not in the file itself. */
function firstInvalid(bytes, text) {
    const own = Buffer.from('\uFFFD');
    let [from, byte] = [0, 0];
    for (let at = text.indexOf('\uFFFD'); at !== -1; at = text.indexOf('\uFFFD', from)) {
        byte += Buffer.byteLength(text.slice(from, at));
        if (!bytes.subarray(byte, byte + own.length).equals(own))
            return at;
        byte += own.length;
        from = at + 1;
    }
    return 0;
}
/**
 * Lists the directories directly below `directory`; symbolic links to directories inside the repository count.
 * A directory that does not exist has none, and neither has one that is a symbolic link out of the repository.
 */
function listDirectories(root, directory) {
    const names = [];
    const unreadable = [];
    if (leadsOut(root, directory))
        return { names, unreadable: [{ path: directory, reason: LEADS_OUT }] };
    for (const entry of entriesOf(root, directory, unreadable)) {
        if (entry.name.startsWith('.') || entry.name === 'node_modules')
            continue;
        const path = `${directory}/${entry.name}`;
        if (kindOf(entry, { root, path }, unreadable) === 'directory')
            names.push(entry.name);
    }
    return { names: names.sort(), unreadable };
}
/** The names of the files directly in `directory`, sorted. What cannot be read has none. */
function listFileNames(root, directory) {
    if (leadsOut(root, directory))
        return [];
    return entriesOf(root, directory, [])
        .filter((entry) => kindOf(entry, { root, path: (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(directory, entry.name) }, []) === 'file')
        .map(({ name }) => name)
        .sort();
}
/**
 * Walks a directory, and each real directory in it once: what several links lead to is listed below the first of them,
 * or below its own path where it has one. node_modules and directories whose name starts with a dot are left out.
 */
function listFiles(root, directory) {
    const files = [];
    const dotDirectories = [];
    const unreadable = [];
    const real = realPath((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(root, directory));
    if (real !== undefined && !isInside(root, real))
        return { files, dotDirectories, unreadable: [{ path: directory, reason: LEADS_OUT }], hasLinks: true };
    let hasLinks = real !== (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(root, directory);
    const links = [];
    const visited = new Set();
    const walk = (relative, standsAt) => {
        if (visited.has(standsAt))
            return;
        visited.add(standsAt);
        const here = relative === '' ? directory : `${directory}/${relative}`;
        for (const entry of entriesOf(root, here, unreadable)) {
            // Looked at before the kind: package managers make it a link to wherever they like.
            if (entry.name === 'node_modules')
                continue;
            const path = relative === '' ? entry.name : `${relative}/${entry.name}`;
            hasLinks ||= entry.isSymbolicLink();
            const kind = kindOf(entry, { root, path: `${directory}/${path}` }, unreadable);
            if (kind === 'file')
                files.push(path);
            if (kind !== 'directory')
                continue;
            if (entry.name.startsWith('.')) {
                dotDirectories.push(path);
                continue;
            }
            if (entry.isSymbolicLink())
                links.push(path);
            else
                walk(path, (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(standsAt, entry.name));
        }
    };
    walk('', real ?? (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(root, directory));
    // Later, and one by one: where links lead to links, a walk through all ways would double with every level.
    for (const path of links) {
        const target = realPath((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(root, directory, path));
        // Never into a directory that holds the link: all of it would be listed again.
        if (target !== undefined && !(real !== undefined && isInside(target, real)))
            walk(path, target);
    }
    return { files: files.sort(), dotDirectories, unreadable, hasLinks };
}
/**
 * Finds files by their names in a tree of which only the upper levels are of interest. Symbolic links are not followed;
 * directories whose name begins with a dot, and node_modules, are not entered.
 * @param options.depth how many levels of directories are entered below `root`
 * @param options.skips names of directories that are not entered either
 * @returns paths relative to `root`, sorted
 */
function findFiles(root, matches, { depth, skips }) {
    const found = [];
    const walk = (directory, left) => {
        for (const entry of entriesOf(root, directory, [])) {
            const path = directory === '' ? entry.name : `${directory}/${entry.name}`;
            if (entry.isFile() && matches(entry.name))
                found.push(path);
            else if (left > 0 && entry.isDirectory() && !isSkipped(entry.name, skips))
                walk(path, left - 1);
        }
    };
    walk('', depth);
    return found.sort();
}
function isSkipped(name, skips) {
    return name.startsWith('.') || name === 'node_modules' || skips.has(name);
}
function leadsOut(root, directory) {
    const real = realPath((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(root, directory));
    return real !== undefined && !isInside(root, real);
}
/** `undefined` where there is nothing, or nothing that may be looked at. */
function realPath(path) {
    try {
        return node_fs__WEBPACK_IMPORTED_MODULE_1__.realpathSync.native(path);
    }
    catch {
        return undefined;
    }
}
/** The code of a system error such as `ENOENT`, or the error's message. */
function errorCode(error) {
    const code = codeOf(error);
    return typeof code === 'string' ? code : (0,_wording_js__WEBPACK_IMPORTED_MODULE_4__/* .messageOf */ .bD)(error);
}
function isErrorWithCode(error, code) {
    return codeOf(error) === code;
}
/** Asks for no class: where modules run in a context of their own, Node's errors are of another one's. */
function codeOf(error) {
    return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
/**
 * Writes a file whole, and follows no link that leads out: what the path's directory really is must lie in one of the
 * given directories, and not in a `.git`; a link in the place of the file itself is replaced. Directories are made.
 * @param path absolute
 * @param within absolute paths, with their symbolic links resolved
 * @throws where the path leads elsewhere, or cannot be written
 */
function writeFileWithin(within, path, content) {
    let existing = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(path);
    while (!(0,node_fs__WEBPACK_IMPORTED_MODULE_1__.lstatSync)(existing, { throwIfNoEntry: false }) && existing !== (0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(existing))
        existing = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(existing);
    const directory = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)((0,node_fs__WEBPACK_IMPORTED_MODULE_1__.realpathSync)(existing), (0,node_path__WEBPACK_IMPORTED_MODULE_2__.relative)(existing, (0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(path)));
    if (!within.some((each) => isInside(each, directory)))
        throw new Error(`it leads to ${directory}, which is outside of ${within.join(' and ')}`);
    if (directory
        .split(node_path__WEBPACK_IMPORTED_MODULE_2__.sep)
        .concat((0,node_path__WEBPACK_IMPORTED_MODULE_2__.basename)(path))
        .some((part) => part.toLowerCase() === '.git'))
        throw new Error('it leads into the .git directory');
    (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.mkdirSync)(directory, { recursive: true });
    const waiting = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(directory, `.${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)()}.tmp`);
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.writeFileSync)(waiting, content, { flag: 'wx' });
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.renameSync)(waiting, (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(directory, (0,node_path__WEBPACK_IMPORTED_MODULE_2__.basename)(path)));
    }
    catch (error) {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.rmSync)(waiting, { force: true });
        throw error;
    }
}
/** Whether an absolute path is `parent` or below it; both with their symbolic links resolved. */
function isInside(parent, path) {
    return path === parent || path.startsWith(parent.endsWith(node_path__WEBPACK_IMPORTED_MODULE_2__.sep) ? parent : parent + node_path__WEBPACK_IMPORTED_MODULE_2__.sep);
}
function entriesOf(root, directory, unreadable) {
    try {
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readdirSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(root, directory), { withFileTypes: true });
    }
    catch (error) {
        if (!isErrorWithCode(error, 'ENOENT'))
            unreadable.push({ path: directory, reason: `cannot be read (${errorCode(error)})` });
        return [];
    }
}
/** Returns what an entry of a directory is, or what its symbolic link leads to; adds what is wrong to `unreadable`. */
function kindOf(entry, { root, path }, unreadable) {
    if (entry.isFile())
        return 'file';
    if (entry.isDirectory())
        return 'directory';
    if (!entry.isSymbolicLink())
        return 'other';
    try {
        const target = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.realpathSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(root, path));
        if (!isInside(root, target)) {
            unreadable.push({ path, reason: LEADS_OUT });
            return 'other';
        }
        const stat = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.statSync)(target);
        return stat.isFile() ? 'file' : stat.isDirectory() ? 'directory' : 'other';
    }
    catch (error) {
        unreadable.push({ path, reason: `is a broken symbolic link (${errorCode(error)})` });
        return 'other';
    }
}


/***/ }),

/***/ 9779:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $Y: () => (/* binding */ git),
/* harmony export */   W1: () => (/* binding */ findRepository),
/* harmony export */   Y_: () => (/* binding */ changedFiles),
/* harmony export */   _K: () => (/* binding */ gitEnvironment),
/* harmony export */   fE: () => (/* binding */ isShallow),
/* harmony export */   g3: () => (/* binding */ commitsOf),
/* harmony export */   kN: () => (/* binding */ readCommit),
/* harmony export */   mX: () => (/* binding */ differenceFrom),
/* harmony export */   o5: () => (/* binding */ readSmall),
/* harmony export */   q$: () => (/* binding */ repositoriesAbove),
/* harmony export */   uo: () => (/* binding */ textInCommit),
/* harmony export */   vB: () => (/* binding */ createRepository),
/* harmony export */   vj: () => (/* binding */ commitNamed),
/* harmony export */   wu: () => (/* binding */ mergeBase)
/* harmony export */ });
/* unused harmony export publicUrl */
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6760);
/* harmony import */ var _command_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(5908);
/* harmony import */ var _temporary_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(4248);




/**
 * Finds the repository of a directory by its nearest `.git`, at or above it. A directory that merely looks like a bare
 * repository is content, which anybody may have committed; git itself would discover it and obey its configuration.
 */
function findRepository(root) {
    return repositoriesAbove(root).next().value ?? undefined;
}
/** Finds every repository that `root` lies in, from the nearest up. */
function* repositoriesAbove(root) {
    for (let top = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(root);; top = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(top)) {
        const repository = repositoryAt(top);
        if (repository)
            yield repository;
        if (top === (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(top))
            return;
    }
}
function repositoryAt(top) {
    const entry = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(top, '.git');
    // A submodule and a linked worktree have a file that says where their git directory is.
    const linked = /^gitdir: ([^\r\n]+)\r?\n?$/.exec(readSmall(entry) ?? '')?.[1];
    const directory = linked === undefined ? entry : (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(top, linked);
    if (!(0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(directory, 'HEAD')))
        return undefined;
    const common = readSmall((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(directory, 'commondir'))?.trim();
    return { top, directory, common: common === undefined ? directory : (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(directory, common) };
}
/** Larger than any file of settings that git writes. */
const MAX_BYTES = 1024 * 1024;
/** Reads a file of a git directory; `undefined` where there is none, or one that git would not have written. */
function readSmall(file) {
    try {
        const stat = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(file);
        return stat.isFile() && stat.size <= MAX_BYTES ? (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(file, 'utf8') : undefined;
    }
    catch {
        return undefined;
    }
}
const GIT_SECONDS = 60;
/**
 * Runs git on the repository that `root` lies in. No configuration has a say: neither the repository's (whose programs,
 * such as a filter or a file system monitor, anybody may have named who could write there), nor the user's (whose
 * filters and diff programs the content's .gitattributes would start). No hook, pager or network is used.
 * @throws {CommandError} when there is no repository, or git fails
 */
async function git(root, args, options = {}) {
    const repository = findRepository(root);
    if (!repository)
        throw new _command_js__WEBPACK_IMPORTED_MODULE_2__/* .CommandError */ .Q({
            command: 'git',
            exitCode: undefined,
            lastLines: [],
            outcome: 'there is no git checkout',
        });
    const { cwd = root, workTree = repository.top, env, input, encoding } = options;
    const users = await (settingsOfUser ??= readSettingsOfUser());
    return (0,_temporary_js__WEBPACK_IMPORTED_MODULE_3__/* .withTemporaryDirectory */ .n)(async (settings) => {
        lendRepository(repository, settings, users);
        const place = [`--git-dir=${repository.directory}`, `--work-tree=${workTree}`];
        const excludes = users.excludesfile;
        const ignoring = excludes === undefined ? [] : ['-c', `core.excludesFile=${excludes}`];
        return (0,_command_js__WEBPACK_IMPORTED_MODULE_2__/* .runCommand */ .d)('git', [...SETTINGS, ...ignoring, ...place, ...args], {
            cwd,
            env: { ...gitEnvironment(), ...ALONE, GIT_COMMON_DIR: settings, ...env },
            timeoutSeconds: GIT_SECONDS,
            ...(input !== undefined && { input }),
            ...(encoding !== undefined && { encoding }),
        });
    });
}
let settingsOfUser;
async function readSettingsOfUser() {
    const args = ['config', '--null', '--get-regexp', '^core\\.(autocrlf|eol|excludesfile)$'];
    // Of no repository.
    const env = { ...gitEnvironment(), GIT_DIR: '/dev/null' };
    const text = await (0,_command_js__WEBPACK_IMPORTED_MODULE_2__/* .runCommand */ .d)('git', args, { env, timeoutSeconds: GIT_SECONDS }).catch(() => '');
    const settings = [...text.matchAll(/(?<=^|\0)core\.(\w+)\n([^\0]*)/g)].map(([, name = '', value = '']) => [name, value]);
    return Object.fromEntries(settings.filter(([name, value]) => name === 'excludesfile' || /^\w+$/.test(value)));
}
/** Makes the empty repository `directory`, without hooks. */
async function createRepository(directory) {
    await (0,_command_js__WEBPACK_IMPORTED_MODULE_2__/* .runCommand */ .d)('git', [...SETTINGS, 'init', '--quiet', '--template=', directory], {
        env: { ...gitEnvironment(), ...ALONE },
        timeoutSeconds: GIT_SECONDS,
    });
}
/** What git must not be talked into, whoever's configuration it reads. */
const SETTINGS = [
    'safe.bareRepository=explicit',
    'core.fsmonitor=false',
    'core.hooksPath=/dev/null',
    'core.pager=cat',
    'log.showSignature=false',
    'protocol.allow=never',
].flatMap((setting) => ['-c', setting]);
/** No configuration but what this action writes; git changes and fetches nothing by the way. */
const ALONE = {
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_LAZY_FETCH: '1',
};
/**
 * Returns what git's environment differs in from that of other children: nothing that names another repository, other
 * settings or a program, and no secret.
 */
function gitEnvironment() {
    const unwanted = Object.keys(process.env).filter((name) => /^GIT_(?!SSL_|HTTP_|PROXY_)/i.test(name) || /TOKEN|SECRET|PASSW|CREDENTIAL|PRIVATE|_KEY$/i.test(name));
    return {
        ...Object.fromEntries(unwanted.map((name) => [name, undefined])),
        GIT_TERMINAL_PROMPT: '0',
        LC_ALL: 'C',
    };
}
/**
 * Fills a directory that git takes for the part of a repository that worktrees share: its objects and refs, and a
 * configuration of our own.
 */
function lendRepository({ common }, directory, users) {
    for (const name of ['objects', 'refs', 'reftable', 'info'])
        if ((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(common, name)))
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.symlinkSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(common, name), (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(directory, name), 'junction');
    for (const name of ['packed-refs', 'shallow'])
        if ((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(common, name))) {
            // Windows lets not everybody link files.
            if (process.platform === 'win32')
                (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.copyFileSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(common, name), (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(directory, name));
            else
                (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.symlinkSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(common, name), (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(directory, name));
        }
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeFileSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(directory, 'config'), configurationFrom(readSmall((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(common, 'config')) ?? '', users));
}
/** Settings that say how files and objects are stored; their values are words, which start nothing. */
const KEPT = /^[ \t]*(filemode|symlinks|ignorecase|precomposeunicode|autocrlf|eol|objectformat|refstorage)[ \t]*=[ \t]*(\w+)[ \t]*\r?$/gim;
/** Returns a configuration that keeps of another one how the repository stores its files, and nothing else. */
function configurationFrom(text, { autocrlf, eol }) {
    const kept = [...text.matchAll(KEPT)].map(([, name = '', value = '']) => [name.toLowerCase(), value]);
    const lines = (isExtension) => kept
        .filter(([name]) => /^(?:objectformat|refstorage)$/.test(name) === isExtension)
        .map(([name, value]) => `${name} = ${value}`);
    const extensions = lines(true);
    return [
        '[core]',
        `repositoryformatversion = ${extensions.length > 0 ? 1 : 0}`,
        'bare = false',
        ...(autocrlf === undefined ? [] : [`autocrlf = ${autocrlf}`]),
        ...(eol === undefined ? [] : [`eol = ${eol}`]),
        // The last one counts.
        ...lines(false),
        '[extensions]',
        ...extensions,
        '',
    ].join('\n');
}
/** Reads the checked-out commit of the repository at `root`; `undefined` outside a git repository. */
async function readCommit(root) {
    try {
        const log = await git(root, ['log', '-1', '--format=%H%n%cI%n%ct']);
        const [sha = '', time = '', epoch = ''] = log.split('\n');
        return { sha, time, epochSeconds: Number(epoch), url: publicUrl(await originOf(root)) };
    }
    catch (error) {
        if (error instanceof _command_js__WEBPACK_IMPORTED_MODULE_2__/* .CommandError */ .Q)
            return undefined;
        throw error;
    }
}
/** Reads the address that the repository was cloned from, out of its configuration; empty where there is none. */
async function originOf(root) {
    const repository = findRepository(root);
    if (!repository)
        return '';
    const file = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(repository.common, 'config');
    return git(root, ['config', '--file', file, '--no-includes', '--get', 'remote.origin.url']).catch(() => '');
}
/** A commit and its parents, in order; in a shallow clone it may have fewer than it was made with. */
async function commitsOf(root, commit) {
    return (await git(root, ['rev-list', '--parents', '--max-count=1', commit])).split(' ');
}
/** Returns the id of the commit that a person's text names; `undefined` where it names none. */
async function commitNamed(root, revision) {
    try {
        return await git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
    }
    catch (error) {
        if (error instanceof _command_js__WEBPACK_IMPORTED_MODULE_2__/* .CommandError */ .Q)
            return undefined;
        throw error;
    }
}
/** The newest commit that two commits have in common; `undefined` where this clone has none, or not both. */
async function mergeBase(root, one, other) {
    try {
        return await git(root, ['merge-base', one, other]);
    }
    catch (error) {
        if (error instanceof _command_js__WEBPACK_IMPORTED_MODULE_2__/* .CommandError */ .Q)
            return undefined;
        throw error;
    }
}
/** Whether older commits were left out when it was cloned. */
async function isShallow(root) {
    return (await git(root, ['rev-parse', '--is-shallow-repository']).catch(() => '')) === 'true';
}
/**
 * The files below `root` that differ from the commit, or are not part of it and not ignored either.
 * @param within paths to look at, relative to `root`
 */
async function changedFiles(root, within = ['.']) {
    const status = await git(root, [
        ...['status', '--porcelain', '-z', '--no-renames'],
        // To look into a submodule, git would start itself in there, and obey the submodule's configuration.
        '--ignore-submodules=dirty',
        ...['--', ...within],
    ]);
    // Two letters and a space stand before each path.
    return status
        .split('\0')
        .filter((entry) => entry !== '')
        .map((entry) => entry.slice(3));
}
/** Returns a remote's address as a link that may be published; a local path is kept private. */
function publicUrl(remote) {
    const scp = /^(?:[^@/]+@)?([^:/]+\.[^:/]+):(?!\/)(.+?)(?:\.git)?$/.exec(remote);
    if (scp)
        return `https://${scp[1]}/${scp[2]}`;
    // A password may hold an @ of its own, and a query may hold a token.
    const url = /^(?:https?|ssh|git):\/\/(?:[^/]*@)?([^/@]+)\/([^?#]+?)(?:\.git)?\/?(?:[?#].*)?$/.exec(remote);
    return url ? `https://${url[1]?.replace(/:\d+$/, '')}/${url[2]}` : undefined;
}
/**
 * The files below `root` that differ from a commit, those that git does not know yet included; relative to `root`.
 * @param revision what an image says it was built from; untrusted
 */
async function differenceFrom(root, revision) {
    if (!/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(revision))
        return { unknown: `${JSON.stringify(revision)} is not the id of a commit` };
    try {
        await git(root, ['cat-file', '-e', `${revision}^{commit}`]);
    }
    catch (error) {
        if (!(error instanceof _command_js__WEBPACK_IMPORTED_MODULE_2__/* .CommandError */ .Q))
            throw error;
        return {
            unknown: (await isShallow(root))
                ? `commit ${revision} is not in this shallow clone: check out with \`fetch-depth: 0\``
                : `commit ${revision} is not in this repository`,
        };
    }
    const changed = await git(root, [
        ...['diff', '--name-only', '-z', '--no-renames', '--no-ext-diff', '--ignore-submodules=dirty'],
        ...['--relative', revision, '--'],
    ]);
    const added = await git(root, ['ls-files', '-z', '--others', '--exclude-standard']);
    const paths = `${changed}\0${added}`.split('\0').filter((path) => path !== '');
    return { paths: [...new Set(paths)].sort() };
}
/** The text that a file below `root` has in a commit, without its last newline; `undefined` when it is not there. */
async function textInCommit(root, revision, path) {
    try {
        return await git(root, ['show', `${revision}:./${path}`]);
    }
    catch (error) {
        if (error instanceof _command_js__WEBPACK_IMPORTED_MODULE_2__/* .CommandError */ .Q)
            return undefined;
        throw error;
    }
}


/***/ }),

/***/ 7889:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ globMatcher)
/* harmony export */ });
/**
 * A glob over paths with forward slashes, as a test of whole paths. Knows `**`, `*`, `?`, `[…]` and `{a,b}`; like the
 * libraries that pnpm and moleculer use, `*` never stands for a leading dot, and brackets that are no pattern (`[z-a]`)
 * stand for themselves. The time that a test takes grows with the length of the glob times that of the path, whatever
 * the two hold: all ways of matching are followed at once, instead of one after the other as a regular expression does.
 */
function globMatcher(glob) {
    const steps = compileGlob(glob);
    return (path) => runSteps(steps, path);
}
function compileGlob(glob) {
    const steps = [];
    const take = (accepts) => void steps.push({ take: accepts });
    const literal = (text) => {
        for (let at = 0; at < text.length; at++)
            take((character) => character === text[at]);
    };
    const noDot = () => void steps.push('no dot');
    /** `again`: any number of times; otherwise once or not at all. */
    const optional = (body, again) => {
        const start = steps.length;
        const fork = { goTo: [start + 1] };
        steps.push(fork);
        body();
        if (again)
            steps.push({ goTo: [start] });
        fork.goTo.push(steps.length);
    };
    const ofSegment = () => take((character) => character !== '/');
    const segment = () => {
        noDot();
        ofSegment();
        optional(ofSegment, true);
    };
    const either = (texts) => {
        const fork = { goTo: [] };
        const ends = texts.map(() => ({ goTo: [] }));
        steps.push(fork);
        for (const [index, text] of texts.entries()) {
            fork.goTo.push(steps.length);
            literal(text);
            steps.push(ends[index] ?? fork);
        }
        for (const end of ends)
            end.goTo.push(steps.length);
    };
    const nextBracket = finder(glob, ']');
    const nextSlash = finder(glob, '/');
    for (let at = 0; at < glob.length;) {
        const startsSegment = at === 0 || glob[at - 1] === '/';
        const character = glob[at] ?? '';
        const braces = character === '{' ? /\{[^{}]+\}/y : undefined;
        if (braces)
            braces.lastIndex = at;
        const list = braces?.exec(glob)?.[0];
        const close = character === '[' ? nextBracket(at + 2) : undefined;
        const isBracket = close !== undefined && (nextSlash(at) ?? Infinity) > close;
        const accepts = isBracket ? characterClass(glob.slice(at + 1, close)) : undefined;
        if (glob.startsWith('**/', at)) {
            optional(() => {
                segment();
                literal('/');
            }, true);
            at += 3;
        }
        else if (glob.startsWith('**', at)) {
            optional(() => {
                segment();
                optional(() => {
                    literal('/');
                    segment();
                }, true);
            }, false);
            at += 2;
        }
        else if (character === '*' || character === '?') {
            if (startsSegment)
                noDot();
            if (character === '*')
                optional(ofSegment, true);
            else
                ofSegment();
            at++;
        }
        else if (list !== undefined) {
            either(list.slice(1, -1).split(','));
            at += list.length;
        }
        else if (accepts && close !== undefined) {
            take(accepts);
            at = close + 1;
        }
        else {
            literal(character);
            at++;
        }
    }
    return steps;
}
/** Finds the next place of a character from an offset on; the offsets that it is asked about only grow. */
function finder(text, character) {
    let found = -1;
    return (from) => {
        if (found !== Infinity && found < from) {
            found = text.indexOf(character, from);
            if (found === -1)
                found = Infinity;
        }
        return found === Infinity ? undefined : found;
    };
}
/** What stands between brackets, such as `a-z_` or `!abc`; `undefined` for a range that is none. */
function characterClass(content) {
    const isNegated = /^[!^]/.test(content);
    const ranges = [];
    for (let at = isNegated ? 1 : 0; at < content.length; at++) {
        const from = content[at] ?? '';
        const isRange = content[at + 1] === '-' && at + 2 < content.length;
        const to = isRange ? (content[at + 2] ?? '') : from;
        if (to < from)
            return undefined;
        ranges.push([from, to]);
        if (isRange)
            at += 2;
    }
    return (character) => character !== '/' && ranges.some(([from, to]) => from <= character && character <= to) !== isNegated;
}
function runSteps(steps, path) {
    const accepting = steps.length;
    /** The place in the path at which a step was last reached: none is followed twice from the same place. */
    const reachedAt = new Int32Array(steps.length + 1).fill(-1);
    const reach = (starts, place) => {
        const taking = [];
        const pending = [...starts];
        for (let index = pending.pop(); index !== undefined; index = pending.pop()) {
            if (reachedAt[index] === place)
                continue;
            reachedAt[index] = place;
            const step = steps[index];
            if (step === undefined)
                continue;
            if (step === 'no dot') {
                if (path[place] !== '.')
                    pending.push(index + 1);
            }
            else if ('goTo' in step)
                for (const next of step.goTo)
                    pending.push(next);
            else
                taking.push(index);
        }
        return taking;
    };
    let taking = reach([0], 0);
    for (let place = 0; place < path.length && taking.length > 0; place++) {
        const character = path[place] ?? '';
        const next = taking.filter((index) => {
            const step = steps[index];
            return typeof step === 'object' && 'take' in step && step.take(character);
        });
        taking = reach(next.map((index) => index + 1), place + 1);
    }
    return reachedAt[accepting] === path.length;
}


/***/ }),

/***/ 1404:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   n: () => (/* binding */ onInterrupt)
/* harmony export */ });
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8161);

const pending = new Set();
/**
 * Sees to it that `cleanUp` runs when the process is told to end, as a runner does with a cancelled step. What is
 * left then would stay for good: containers, logins, temporary directories.
 * @param cleanUp must work without waiting for anything
 * @returns forgets it again: call this when the thing is cleaned up in the ordinary way
 */
function onInterrupt(cleanUp) {
    if (pending.size === 0)
        for (const signal of SIGNALS)
            process.on(signal, end);
    pending.add(cleanUp);
    return () => {
        pending.delete(cleanUp);
        if (pending.size === 0)
            for (const signal of SIGNALS)
                process.off(signal, end);
    };
}
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
function end(signal) {
    for (const cleanUp of [...pending].reverse()) {
        try {
            cleanUp();
        }
        catch {
            // The others still have their turn.
        }
    }
    process.exit(128 + node_os__WEBPACK_IMPORTED_MODULE_0__.constants.signals[signal]);
}


/***/ }),

/***/ 3758:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ append),
/* harmony export */   n: () => (/* binding */ largest)
/* harmony export */ });
/**
 * Adds items to the end of a list. `list.push(...items)` hands each over on the stack, which some 100,000 overflow: as many
 * as a hostile file may hold.
 */
function append(list, items) {
    for (const item of items)
        list.push(item);
}
/** The largest of some numbers, and `least` where none is larger; for as many numbers as `Math.max` can't take. */
function largest(numbers, least) {
    let found = least;
    for (const number of numbers)
        if (number > found)
            found = number;
    return found;
}


/***/ }),

/***/ 9966:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Mk: () => (/* binding */ sliceMapped),
/* harmony export */   Sg: () => (/* binding */ decodeJsonString),
/* harmony export */   ez: () => (/* binding */ joinMapped),
/* harmony export */   j5: () => (/* binding */ mapSlice)
/* harmony export */ });
/** The text of a file from `start` to `end`, as it stands there. */
function mapSlice(text, start, end) {
    const starts = Array.from({ length: end - start }, (_, index) => start + index);
    return { text: text.slice(start, end), starts, ends: starts.map((offset) => offset + 1) };
}
/** Texts one behind the other. */
function joinMapped(parts) {
    return {
        text: parts.map(({ text }) => text).join(''),
        starts: parts.flatMap(({ starts }) => starts),
        ends: parts.flatMap(({ ends }) => ends),
    };
}
/** A text from its character `from` to the one before `to`. */
function sliceMapped({ text, starts, ends }, from, to) {
    return { text: text.slice(from, to), starts: starts.slice(from, to), ends: ends.slice(from, to) };
}
/** What a JSON string holds, given the text between its quotes. */
function decodeJsonString(content) {
    const parts = [];
    let plain = 0;
    for (const { 0: escape, index } of content.text.matchAll(/\\u[0-9A-Fa-f]{4}|\\[^]/g)) {
        const behind = index + escape.length;
        const text = decodeEscape(escape);
        const [start, end] = [content.starts.slice(index, index + 1), content.ends.slice(behind - 1, behind)];
        parts.push(sliceMapped(content, plain, index), { text, starts: start, ends: end });
        plain = behind;
    }
    return parts.length === 0 ? content : joinMapped([...parts, sliceMapped(content, plain)]);
}
/** The character of an escape such as `\u0061`; the parser of the file complains about one that JSON does not know. */
function decodeEscape(escape) {
    const known = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
    const code = escape.slice(1);
    return code.length > 1 ? String.fromCharCode(parseInt(code.slice(1), 16)) : (known[code] ?? code);
}


/***/ }),

/***/ 5785:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ nearest),
/* harmony export */   y: () => (/* binding */ nearestPlugin)
/* harmony export */ });
/**
 * The candidate that a mistyped word most likely meant, or `undefined` when none is near: at most a third of its
 * letters may differ.
 */
function nearest(word, candidates) {
    if (word.length > MAX_LENGTH)
        return undefined;
    let best;
    let bestDistance = Math.floor(word.length / 3) + 1;
    for (const candidate of candidates) {
        if (Math.abs(word.length - candidate.length) >= bestDistance)
            continue;
        const distance = editDistance(word.toLowerCase(), candidate.toLowerCase(), bestDistance);
        if (distance < bestDistance)
            [best, bestDistance] = [candidate, distance];
    }
    return best;
}
/** Longer than anything that a person types by hand. */
const MAX_LENGTH = 200;
/**
 * The plugin that a mistyped name most likely meant. Names of one domain are compared by what follows it: the domain
 * alone would make any two of them alike.
 */
function nearestPlugin(name, candidates) {
    const domain = /^[^.]+\.[^.]+\./.exec(name)?.[0] ?? '';
    const all = [...candidates];
    const rests = all.filter((each) => each.startsWith(domain)).map((each) => each.slice(domain.length));
    const rest = nearest(name.slice(domain.length), rests);
    if (rest !== undefined)
        return domain + rest;
    return nearest(name, all.filter((each) => domain === '' || !each.startsWith(domain)));
}
/**
 * The least number of letters to insert, remove, replace, or swap with the next one (optimal string alignment); from
 * `limit` on no matter how many.
 */
function editDistance(a, b, limit) {
    let before = [];
    let row = Array.from({ length: b.length + 1 }, (_, index) => index);
    for (let i = 1; i <= a.length; i++) {
        const next = [i];
        for (let j = 1; j <= b.length; j++) {
            const replace = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
            const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
            const swap = isSwap ? (before[j - 2] ?? 0) + 1 : Infinity;
            next.push(Math.min(replace, swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
        }
        before = row;
        row = next;
        if (row.every((each) => each >= limit))
            return limit;
    }
    return row[b.length] ?? 0;
}


/***/ }),

/***/ 4248:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   n: () => (/* binding */ withTemporaryDirectory)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3024);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(6760);
/* harmony import */ var _interrupt_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(1404);




/**
 * Gives `work` a directory of its own, readable by this user only, and removes it whatever happens.
 * @param parent where it is made
 */
async function withTemporaryDirectory(work, parent = process.env['RUNNER_TEMP'] ?? (0,node_os__WEBPACK_IMPORTED_MODULE_1__.tmpdir)()) {
    const directory = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdtempSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(parent, 'tailchat-plugins-'));
    const remove = () => (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(directory, { recursive: true, force: true });
    const forget = (0,_interrupt_js__WEBPACK_IMPORTED_MODULE_3__/* .onInterrupt */ .n)(remove);
    try {
        return await work(directory);
    }
    finally {
        forget();
        try {
            remove();
        }
        catch {
            // A container may have left files of another user: the machine's own clean-up takes them.
        }
    }
}


/***/ }),

/***/ 5052:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   RE: () => (/* binding */ lineEndingOf),
/* harmony export */   ct: () => (/* binding */ applyEdits),
/* harmony export */   oY: () => (/* binding */ indentAt)
/* harmony export */ });
/** Applies edits that don't overlap; every character outside them is kept. Of two at one offset, the later comes first. */
function applyEdits(text, edits) {
    const parts = [];
    let kept = 0;
    // One pass: a file may be edited in thousands of places.
    for (const { offset, length, content } of [...edits].reverse().sort((a, b) => a.offset - b.offset)) {
        parts.push(text.slice(kept, offset), content);
        kept = offset + length;
    }
    return parts.join('') + text.slice(kept);
}
/** The line ending that a text uses: that of its first line. */
function lineEndingOf(text) {
    return /\r?\n/.exec(text)?.[0] === '\r\n' ? '\r\n' : '\n';
}
/** The spaces and tabs at the start of the line that holds `offset`; a byte order mark is no indentation. */
function indentAt(text, offset) {
    const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
    const indent = /\uFEFF?([ \t]*)/y;
    indent.lastIndex = lineStart;
    return indent.exec(text)?.[1] ?? '';
}


/***/ }),

/***/ 2184:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Am: () => (/* binding */ unique),
/* harmony export */   GG: () => (/* binding */ withoutTrailingComment),
/* harmony export */   UD: () => (/* binding */ compare),
/* harmony export */   Yy: () => (/* binding */ withoutTemplates),
/* harmony export */   fx: () => (/* binding */ withoutComments),
/* harmony export */   hT: () => (/* binding */ withoutTrailing),
/* harmony export */   t$: () => (/* binding */ positionAt),
/* harmony export */   vI: () => (/* binding */ shortened)
/* harmony export */ });
/** The place of a character offset in a file. */
function positionAt(file, offset) {
    const starts = lineStarts(file);
    // The last line that starts at or before the offset.
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if ((starts[middle] ?? 0) <= offset)
            low = middle;
        else
            high = middle - 1;
    }
    return { file: file.path, line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}
/** A service has many places to name: its lines are counted once. */
const knownLineStarts = new WeakMap();
function lineStarts(file) {
    const known = knownLineStarts.get(file);
    if (known)
        return known;
    const starts = [0];
    for (let at = file.text.indexOf('\n'); at !== -1; at = file.text.indexOf('\n', at + 1))
        starts.push(at + 1);
    knownLineStarts.set(file, starts);
    return starts;
}
/** The same text with its comments blanked out, so that offsets stay; for JavaScript, TypeScript and the like. */
function withoutComments(text) {
    return blankOut(text, (token) => token.startsWith('/'));
}
/** The same text with its template literals blanked out: code that a module writes is none of its own. */
function withoutTemplates(text) {
    return text.includes('`') ? blankOut(text, (token) => token.startsWith('`')) : text;
}
/**
 * Blanks out some of the strings, template literals and comments of a text; line breaks stay. One pass, since a regular
 * expression would look for the end of each quote or comment that has none over and over.
 */
function blankOut(text, isBlanked) {
    const parts = [];
    const opening = /["'`]|\/[/*]/g;
    /** Up to where an opening token is known to have no end. */
    const openUntil = new Map();
    let kept = 0;
    for (let match = opening.exec(text); match; match = opening.exec(text)) {
        const [open] = match;
        const start = match.index;
        if (start < (openUntil.get(open) ?? 0))
            continue;
        const found = endOfToken(text, start, open);
        if ('openUntil' in found) {
            openUntil.set(open, found.openUntil);
            // The second character of a comment that does not end may begin another.
            opening.lastIndex = start + 1;
            continue;
        }
        opening.lastIndex = found.end;
        const token = text.slice(start, found.end);
        if (!isBlanked(token))
            continue;
        parts.push(text.slice(kept, start), token.replace(/[^\r\n]/g, ' '));
        kept = found.end;
    }
    return kept === 0 ? text : parts.join('') + text.slice(kept);
}
/** The offset behind a string, template literal or comment, or that up to which it does not end. */
function endOfToken(text, start, open) {
    if (open === '/*') {
        const close = text.indexOf('*/', start + 2);
        return close === -1 ? { openUntil: text.length } : { end: close + 2 };
    }
    const lineEnd = /[\r\n]|$/g;
    if (open === '//') {
        lineEnd.lastIndex = start;
        return { end: lineEnd.exec(text)?.index ?? text.length };
    }
    const stop = open === '`' ? /[`\\]/g : open === '"' ? /["\\\r\n]/g : /['\\\r\n]/g;
    stop.lastIndex = start + 1;
    for (let found = stop.exec(text); found; found = stop.exec(text)) {
        if (found[0] === open)
            return { end: found.index + 1 };
        if (found[0] !== '\\')
            return { openUntil: found.index };
        const escaped = text[found.index + 1] ?? '';
        if (open !== '`' && /[\r\n\u2028\u2029]/.test(escaped))
            return { openUntil: found.index + 1 };
        stop.lastIndex = found.index + 2;
    }
    return { openUntil: text.length };
}
/** A line without the comment that `#` begins behind white space, and without the white space. */
function withoutTrailingComment(line) {
    for (let at = line.indexOf('#', 1); at !== -1; at = line.indexOf('#', at + 1))
        if (/\s/.test(line[at - 1] ?? ''))
            return line.slice(0, at).trimEnd();
    return line;
}
/** Removes a character from the end of a text as often as it stands there; a pattern would take quadratic time. */
function withoutTrailing(text, character) {
    let end = text.length;
    while (end > 0 && text[end - 1] === character)
        end--;
    return text.slice(0, end);
}
/** A text of at most `most` UTF-16 units: of a longer one the beginning, and how much there is. */
function shortened(text, most) {
    if (text.length <= most)
        return text;
    const rest = `… (${text.length} characters)`;
    // No half of a character that takes two units.
    return text.slice(0, Math.max(0, most - rest.length)).replace(/[\uD800-\uDBFF]$/, '') + rest;
}
/** Orders strings by their UTF-16 units: the same on every machine, whatever its locale. */
function compare(a, b) {
    return a < b ? -1 : a > b ? 1 : 0;
}
/** The same texts, each once, in the order in which they come first. */
function unique(texts) {
    return [...new Set(texts)];
}


/***/ }),

/***/ 1947:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Zv: () => (/* binding */ undoInterrupted),
/* harmony export */   fT: () => (/* binding */ isInterrupted),
/* harmony export */   ro: () => (/* binding */ withTransaction)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(6760);
/* harmony import */ var _apply_edits_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(8551);
/* harmony import */ var _command_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(5908);
/* harmony import */ var _files_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(5312);
/* harmony import */ var _git_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(9779);
/* harmony import */ var _wording_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(1067);








/** What was done so far, a line for each file or directory. Where it is, a run was killed in the middle. */
const JOURNAL = 'journal';
/**
 * Gives `work` a way to change files of which all changes stay, or none: where it throws, they are undone, and where the
 * process is killed, the next call of `undoInterrupted` undoes them.
 * @param root absolute path of the repository, with its symbolic links resolved
 */
async function withTransaction(root, work) {
    await undoInterrupted(root);
    const staging = (0,_apply_edits_js__WEBPACK_IMPORTED_MODULE_3__/* .clearStaging */ .Le)(root);
    (0,_apply_edits_js__WEBPACK_IMPORTED_MODULE_3__/* .makeStaging */ .me)(staging);
    let count = 0;
    const apply = (changes) => {
        count = applyChanges({ root, staging }, changes, count);
    };
    let result;
    try {
        result = await work(apply);
    }
    catch (error) {
        const left = undo(root, staging);
        if (left.length > 0)
            throw new Error(`${(0,_wording_js__WEBPACK_IMPORTED_MODULE_7__/* .messageOf */ .bD)(error)}; not undone: ${left.join(', ')}: restore what git shows as changed`, {
                cause: error,
            });
        throw error;
    }
    // From here on everything stays.
    (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.rmSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(staging, JOURNAL), { force: true });
    (0,_apply_edits_js__WEBPACK_IMPORTED_MODULE_3__/* .removeStaging */ .O7)(staging);
    return result;
}
/**
 * Undoes what a killed run has left half done.
 * @returns whether there was such a thing
 * @throws where a file changed meanwhile, with its name, and where somebody committed what looks like a killed run
 */
async function undoInterrupted(root) {
    if (!isInterrupted(root))
        return false;
    if (await isCommitted(root))
        throw new Error(`${_apply_edits_js__WEBPACK_IMPORTED_MODULE_3__/* .STAGING */ .Cj} is under version control, where no run leaves it, and nothing of what it says was done: remove it (\`git rm -r ${_apply_edits_js__WEBPACK_IMPORTED_MODULE_3__/* .STAGING */ .Cj}\`)`);
    const left = undo(root, (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(root, _apply_edits_js__WEBPACK_IMPORTED_MODULE_3__/* .STAGING */ .Cj));
    if (left.length > 0)
        throw new Error(`an earlier run was killed, and of what it did ${left.join(', ')} changed since: restore it with git, then remove ${_apply_edits_js__WEBPACK_IMPORTED_MODULE_3__/* .STAGING */ .Cj}`);
    return true;
}
/** Whether git knows it: then it is content, and its journal may say whatever the one who committed it likes. */
async function isCommitted(root) {
    try {
        return (await (0,_git_js__WEBPACK_IMPORTED_MODULE_6__/* .git */ .$Y)(root, ['ls-files', '-z', '--', `:(icase)${_apply_edits_js__WEBPACK_IMPORTED_MODULE_3__/* .STAGING */ .Cj}`])) !== '';
    }
    catch (error) {
        // Without git, what the journal names is still held to the repository.
        if (error instanceof _command_js__WEBPACK_IMPORTED_MODULE_4__/* .CommandError */ .Q)
            return false;
        throw error;
    }
}
/** Whether a run was killed in the middle of a transaction. */
function isInterrupted(root) {
    const staging = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(root, _apply_edits_js__WEBPACK_IMPORTED_MODULE_3__/* .STAGING */ .Cj);
    return ((0,node_fs__WEBPACK_IMPORTED_MODULE_1__.lstatSync)(staging, { throwIfNoEntry: false })?.isDirectory() === true &&
        (0,_apply_edits_js__WEBPACK_IMPORTED_MODULE_3__/* .isFile */ .fo)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(staging, JOURNAL)) &&
        (0,_apply_edits_js__WEBPACK_IMPORTED_MODULE_3__/* .isText */ .KH)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(staging, _apply_edits_js__WEBPACK_IMPORTED_MODULE_3__/* .IGNORE */ .XK), _apply_edits_js__WEBPACK_IMPORTED_MODULE_3__/* .EVERYTHING */ .Qz));
}
function applyChanges({ root, staging }, changes, from) {
    let count = from;
    const steps = [];
    const directories = new Set();
    for (const { file, after } of changes) {
        const path = targetOf(root, file);
        const old = readBytes(path);
        const content = after === undefined ? undefined : Buffer.from(after);
        if (old === undefined ? content === undefined : content !== undefined && old.equals(content))
            continue;
        const name = String(count++);
        steps.push({
            file,
            path,
            old: old === undefined ? null : writeFlushed((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(staging, `${name}.old`), old, modeOf(path)),
            fresh: content === undefined ? undefined : writeFlushed((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(staging, `${name}.new`), content, modeOf(path)),
            digest: digestOf(content),
        });
        for (let directory = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(path); !(0,node_fs__WEBPACK_IMPORTED_MODULE_1__.existsSync)(directory); directory = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(directory))
            directories.add(directory);
    }
    const made = [...directories].sort();
    const journal = [
        ...made.map((directory) => ({ made: (0,node_path__WEBPACK_IMPORTED_MODULE_2__.relative)(root, directory).split(node_path__WEBPACK_IMPORTED_MODULE_2__.sep).join('/') })),
        ...steps.map(({ file, old, digest }) => ({ file, old, digest })),
    ];
    (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.appendFileSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(staging, JOURNAL), journal.map((step) => `${JSON.stringify(step)}\n`).join(''));
    flushFile((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(staging, JOURNAL));
    for (const directory of made)
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.mkdirSync)(directory, { recursive: true });
    for (const { path, fresh } of steps) {
        if (fresh !== undefined)
            (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.renameSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(staging, fresh), path);
        else {
            (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.rmSync)(path);
            removeEmpty(root, (0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(path));
        }
    }
    return count;
}
/** @returns what could not be put back, since it is nothing that it was or became in the transaction */
function undo(root, staging) {
    const lines = (readText((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(staging, JOURNAL)) ?? '').split('\n');
    const steps = lines.flatMap((line) => stepOf(line) ?? []);
    const made = steps.flatMap((step) => ('made' in step ? step.made : [])).reverse();
    const files = new Map();
    for (const step of steps)
        if ('file' in step)
            files.set(step.file, [...(files.get(step.file) ?? []), step]);
    const left = [];
    for (const [file, changes] of files) {
        try {
            if (!putBack({ root, staging }, file, changes))
                left.push(file);
        }
        catch (error) {
            left.push(`${file} (${(0,_wording_js__WEBPACK_IMPORTED_MODULE_7__/* .messageOf */ .bD)(error)})`);
        }
    }
    if (left.length > 0)
        return left;
    for (const directory of made) {
        try {
            (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.rmdirSync)(targetOf(root, directory));
        }
        catch {
            // It was never made, holds something now, or is not in the repository.
        }
    }
    (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.rmSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(staging, JOURNAL), { force: true });
    (0,_apply_edits_js__WEBPACK_IMPORTED_MODULE_3__/* .removeStaging */ .O7)(staging);
    return [];
}
/** Gives a file the content that it had before its first change; a person's change is never overwritten. */
function putBack({ root, staging }, file, changes) {
    const old = changes[0]?.old ?? null;
    // First of all: the journal may be a file that somebody committed, and name any path.
    const path = targetOf(root, file);
    if (old === null && !(0,node_fs__WEBPACK_IMPORTED_MODULE_1__.existsSync)(path))
        return true;
    // It is read through no link, which may lead to any file of the machine.
    for (const each of changes)
        if (each.old !== null && !(0,_apply_edits_js__WEBPACK_IMPORTED_MODULE_3__/* .isFile */ .fo)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(staging, each.old)))
            throw new Error(`${_apply_edits_js__WEBPACK_IMPORTED_MODULE_3__/* .STAGING */ .Cj}/${each.old} is not a file`);
    // Directories that went with their last file come back.
    (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.mkdirSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(path), { recursive: true });
    const now = digestOf(readBytes(path));
    if (now === digestOf(old === null ? undefined : readBytes((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(staging, old))))
        return true;
    const known = changes.flatMap((each) => [
        each.digest,
        each.old === null ? null : digestOf(readBytes((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(staging, each.old))),
    ]);
    if (!known.includes(now))
        return false;
    if (old === null)
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.rmSync)(path);
    else
        writeOver(staging, old, path);
    return true;
}
/** A killed undoing is done once more: the old content stays until the journal is gone. */
function writeOver(staging, old, path) {
    const again = `${old.replace(/\.old$/, '')}.new`;
    (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.rmSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(staging, again), { force: true });
    writeFlushed((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(staging, again), (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readFileSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(staging, old)), modeOf((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(staging, old)));
    (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.renameSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(staging, again), path);
}
/** A line that was cut is of something that was not done. */
function stepOf(line) {
    try {
        const step = JSON.parse(line);
        if (typeof step.made === 'string')
            return { made: step.made };
        if (typeof step.file !== 'string')
            return undefined;
        const { old, digest } = step;
        // A name of ours and no path.
        if (old !== null && !(typeof old === 'string' && /^\d+\.old$/.test(old)))
            return undefined;
        return { file: step.file, old, digest: typeof digest === 'string' ? digest : null };
    }
    catch {
        return undefined;
    }
}
/** Where a file is written: a path whose directory really lies in the repository, and no link. */
function targetOf(root, file) {
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(root, file);
    let existing = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(path);
    while (!(0,node_fs__WEBPACK_IMPORTED_MODULE_1__.existsSync)(existing))
        existing = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(existing);
    if (!(0,_files_js__WEBPACK_IMPORTED_MODULE_5__/* .isInside */ .FK)(root, (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)((0,node_fs__WEBPACK_IMPORTED_MODULE_1__.realpathSync)(existing), (0,node_path__WEBPACK_IMPORTED_MODULE_2__.relative)(existing, (0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(path)))))
        throw new Error(`${file} lies behind a symbolic link out of the repository`);
    const parts = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.relative)(root, path).split(node_path__WEBPACK_IMPORTED_MODULE_2__.sep);
    if (parts.some((part) => part === '..' || part.toLowerCase() === '.git'))
        throw new Error(`${file} leads where nothing is written`);
    if ((0,node_fs__WEBPACK_IMPORTED_MODULE_1__.lstatSync)(path, { throwIfNoEntry: false })?.isSymbolicLink())
        throw new Error(`${file} is a symbolic link, and what it leads to is not changed`);
    return (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)((0,node_fs__WEBPACK_IMPORTED_MODULE_1__.realpathSync)(existing), (0,node_path__WEBPACK_IMPORTED_MODULE_2__.relative)(existing, (0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(path)), (0,node_path__WEBPACK_IMPORTED_MODULE_2__.basename)(path));
}
function removeEmpty(root, from) {
    for (let directory = from; directory !== root && (0,_files_js__WEBPACK_IMPORTED_MODULE_5__/* .isInside */ .FK)(root, directory); directory = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(directory)) {
        if ((0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readdirSync)(directory).length > 0)
            return;
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.rmdirSync)(directory);
    }
}
function flushFile(path) {
    const descriptor = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.openSync)(path, 'r+');
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.fsyncSync)(descriptor);
    }
    finally {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.closeSync)(descriptor);
    }
}
function modeOf(path) {
    return (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.lstatSync)(path, { throwIfNoEntry: false })?.mode;
}
/** Writes a file that is on the disk when this returns. @returns its name without the directory */
function writeFlushed(path, content, mode) {
    (0,_apply_edits_js__WEBPACK_IMPORTED_MODULE_3__/* .writeNew */ .qf)(path, content, mode);
    return (0,node_path__WEBPACK_IMPORTED_MODULE_2__.basename)(path);
}
function readBytes(path) {
    return (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.existsSync)(path) ? (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.readFileSync)(path) : undefined;
}
function readText(path) {
    return readBytes(path)?.toString('utf8');
}
function digestOf(content) {
    if (content === undefined)
        return null;
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(content).digest('hex');
}


/***/ }),

/***/ 1067:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   KE: () => (/* binding */ listed),
/* harmony export */   LS: () => (/* binding */ plural),
/* harmony export */   bD: () => (/* binding */ messageOf)
/* harmony export */ });
/** `1 error`, `2 errors`. */
function plural(count, noun) {
    return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
/** The first few of a list, and how many more there are. */
function listed(names, few = 5) {
    const more = names.length - few;
    return more > 0 ? `${names.slice(0, few).join(', ')} and ${more} more` : names.join(', ');
}
/** What something that was thrown says. */
function messageOf(error) {
    return error instanceof Error ? error.message : String(error);
}


/***/ }),

/***/ 684:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  a: () => (/* binding */ runPipeline)
});

// EXTERNAL MODULE: ./.build/src/inputs/event.js
var inputs_event = __nccwpck_require__(2577);
// EXTERNAL MODULE: ./.build/src/lib/checkout.js
var checkout = __nccwpck_require__(4519);
// EXTERNAL MODULE: ./.build/src/lib/transaction.js
var transaction = __nccwpck_require__(1947);
// EXTERNAL MODULE: ./.build/src/report/record.js
var record = __nccwpck_require__(1045);
// EXTERNAL MODULE: ./.build/src/lib/apply-edits.js
var apply_edits = __nccwpck_require__(8551);
;// CONCATENATED MODULE: ./.build/src/stages/apply.js

/** Writes the registration files and the lockfile: all of them, or none. */
function apply({ record }, { workspace, edits }) {
    (0,apply_edits/* applyEditsToDisk */.as)(workspace.root, edits);
    if (edits.length > 0)
        record({ applied: true });
}

// EXTERNAL MODULE: ./.build/src/stages/check.js + 1 modules
var check = __nccwpck_require__(6107);
// EXTERNAL MODULE: ./.build/src/lib/files.js
var files = __nccwpck_require__(5312);
// EXTERNAL MODULE: ./.build/src/report/report.js + 1 modules
var report = __nccwpck_require__(7154);
// EXTERNAL MODULE: ./.build/src/lib/text-edits.js
var text_edits = __nccwpck_require__(5052);
// EXTERNAL MODULE: ./.build/src/lib/lists.js
var lists = __nccwpck_require__(3758);
;// CONCATENATED MODULE: ./.build/src/rules/fix-plan.js


/**
 * Joins the fixes of all problems, file by file. A fix that overlaps an earlier one is left for the next round, which
 * computes it from the new text.
 * @param read the text of a file of the repository; `undefined` when it is not there
 */
function planFixes(problems, read) {
    const plan = { edits: [], mended: [] };
    const taken = new Set();
    for (const [file, ofFile] of byFile(problems)) {
        const whole = ofFile.find(({ fix }) => fix && !('edits' in fix));
        const before = read(file);
        if (whole?.fix && !('edits' in whole.fix)) {
            const edits = editsOfWhole(file, before, whole.fix);
            if (edits.some((edit) => taken.has(edit.file)) || targetExists(edits, read))
                continue;
            for (const edit of edits)
                taken.add(edit.file);
            (0,lists/* append */.B)(plan.edits, edits);
            plan.mended.push(whole);
        }
        else if (before !== undefined && !taken.has(file)) {
            const chosen = [];
            for (const problem of ofFile) {
                const edits = problem.fix && 'edits' in problem.fix ? problem.fix.edits : [];
                if (edits.length === 0 || edits.some((edit) => touches(chosen, edit)))
                    continue;
                for (const edit of edits)
                    chosen.splice(placeOf(chosen, edit), 0, edit);
                plan.mended.push(problem);
            }
            const after = (0,text_edits/* applyEdits */.ct)(before, chosen);
            if (after !== before)
                plan.edits.push({ file, before, after });
            taken.add(file);
        }
    }
    return plan;
}
function byFile(problems) {
    const files = new Map();
    for (const problem of problems) {
        if (!problem.fix)
            continue;
        const ofFile = files.get(problem.file);
        if (ofFile)
            ofFile.push(problem);
        else
            files.set(problem.file, [problem]);
    }
    return files;
}
function editsOfWhole(file, before, fix) {
    if ('create' in fix)
        return [{ file, before: undefined, after: fix.create }];
    if (before === undefined)
        return [];
    return [
        { file: fix.rename, before: undefined, after: before },
        { file, before, after: undefined },
    ];
}
/** A new file never replaces one that is there. */
function targetExists(edits, read) {
    return edits.some(({ file, before }) => before === undefined && read(file) !== undefined);
}
/** Where an edit belongs in those that are sorted by offset; problems come sorted too, so that it mostly is the end. */
function placeOf(sorted, { offset }) {
    let [low, high] = [0, sorted.length];
    if ((sorted.at(-1)?.offset ?? 0) <= offset)
        return high;
    while (low < high) {
        const middle = (low + high) >> 1;
        if ((sorted[middle]?.offset ?? 0) <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
/** Whether an edit touches one of those that are sorted and apart: then it touches one of the two around it. */
function touches(sorted, edit) {
    const place = placeOf(sorted, edit);
    return [sorted[place - 1], sorted[place]].some((other) => other !== undefined && overlap(edit, other));
}
function overlap(a, b) {
    return a.offset <= b.offset + b.length && b.offset <= a.offset + a.length;
}

;// CONCATENATED MODULE: ./.build/src/stages/fix.js






/** More rounds than any chain of fixes needs: renaming a file, then what is in it, then its registration. */
const ROUNDS = 5;
/**
 * Mends the findings that have one right answer, and records what was mended.
 * @returns the repository as it is then; with `dryRun` nothing is written, and it is as it was
 */
async function fix(run, examined) {
    let state = examined;
    const fixed = [];
    // One round mends what it can; a fix may uncover the next problem, never the same one again.
    for (let round = 0; round < ROUNDS; round++) {
        const { workspace, findings } = state;
        const fixes = planFixes(findings.open, (file) => (0,files/* repositoryText */.g_)(workspace.root, file));
        if (fixes.edits.length === 0)
            break;
        (0,lists/* append */.B)(fixed, (0,report/* reportFixes */.w_)(fixes));
        run.record({ changes: (0,report/* sortChanges */.gQ)(fixed) });
        if (run.inputs.dryRun)
            break;
        (0,apply_edits/* applyEditsToDisk */.as)(workspace.root, fixes.edits);
        run.record({ applied: true });
        state = await (0,check/* check */.z6)(run);
    }
    return { ...state, changes: [...fixed, ...state.changes] };
}

// EXTERNAL MODULE: ./.build/src/stages/stage.js
var stage = __nccwpck_require__(9573);
;// CONCATENATED MODULE: ./.build/src/pipeline.js








/**
 * Runs the stages that the mode asks for on a Tailchat repository; code of a fork is only checked.
 * @returns the report, also after a failed stage: `report.failure` says which one and why
 */
async function runPipeline(inputs, surroundings) {
    const readsOnly = inputs.mode === 'check' && !inputs.publish.comment;
    const because = readsOnly ? undefined : whyOnlyChecked(surroundings);
    if (because === undefined)
        return commented(inputs, surroundings, await runStages(inputs, surroundings));
    const publish = { ...inputs.publish, commit: 'none', comment: false, token: '' };
    const report = await runStages({ ...inputs, mode: 'check', publish }, surroundings);
    const silent = inputs.publish.comment ? [`No comment was written: ${because}.`] : [];
    if (inputs.mode === 'check')
        return { ...report, notes: [...silent, ...report.notes] };
    const restricted = `Checked only, though mode is ${inputs.mode}: ${because}. Code of a fork is never written, built, pushed or given secrets.`;
    return { ...report, restricted, notes: [restricted, ...silent, ...report.notes] };
}
/** Writes the comment, last of all since it shows the whole report. */
async function commented(inputs, surroundings, report) {
    if (!inputs.publish.comment)
        return report;
    const { comment } = await Promise.all(/* import() */[__nccwpck_require__.e(777), __nccwpck_require__.e(22)]).then(__nccwpck_require__.bind(__nccwpck_require__, 2022));
    return (0,record/* withPart */.Q)(report, { notes: await comment(inputs, report, surroundings) });
}
function whyOnlyChecked({ root, event }) {
    return (0,inputs_event/* codeOfFork */.nr)(event, (0,checkout/* readCheckedOut */.s)(root));
}
/** Stages that only some runs need, and load. */
const load = {
    lockfile: () => __nccwpck_require__.e(/* import() */ 500).then(__nccwpck_require__.bind(__nccwpck_require__, 3500)),
    privileges: () => __nccwpck_require__.e(/* import() */ 589).then(__nccwpck_require__.bind(__nccwpck_require__, 4589)),
    base: () => __nccwpck_require__.e(/* import() */ 852).then(__nccwpck_require__.bind(__nccwpck_require__, 852)),
    publish: () => Promise.all(/* import() */[__nccwpck_require__.e(777), __nccwpck_require__.e(739)]).then(__nccwpck_require__.bind(__nccwpck_require__, 6739)),
    deploy: () => __nccwpck_require__.e(/* import() */ 726).then(__nccwpck_require__.bind(__nccwpck_require__, 5726)),
    bundle: () => Promise.all(/* import() */[__nccwpck_require__.e(726), __nccwpck_require__.e(115)]).then(__nccwpck_require__.bind(__nccwpck_require__, 2115)),
    rollback: () => Promise.all(/* import() */[__nccwpck_require__.e(726), __nccwpck_require__.e(623)]).then(__nccwpck_require__.bind(__nccwpck_require__, 7623)),
    status: () => Promise.all(/* import() */[__nccwpck_require__.e(816), __nccwpck_require__.e(726), __nccwpck_require__.e(578)]).then(__nccwpck_require__.bind(__nccwpck_require__, 7578)),
    add: () => Promise.all(/* import() */[__nccwpck_require__.e(816), __nccwpck_require__.e(815), __nccwpck_require__.e(500), __nccwpck_require__.e(261), __nccwpck_require__.e(68)]).then(__nccwpck_require__.bind(__nccwpck_require__, 6068)),
    remove: () => Promise.all(/* import() */[__nccwpck_require__.e(816), __nccwpck_require__.e(815), __nccwpck_require__.e(500), __nccwpck_require__.e(261), __nccwpck_require__.e(83)]).then(__nccwpck_require__.bind(__nccwpck_require__, 1321)),
    update: () => Promise.all(/* import() */[__nccwpck_require__.e(816), __nccwpck_require__.e(815), __nccwpck_require__.e(500), __nccwpck_require__.e(261), __nccwpck_require__.e(590)]).then(__nccwpck_require__.bind(__nccwpck_require__, 9590)),
    outdated: () => Promise.all(/* import() */[__nccwpck_require__.e(816), __nccwpck_require__.e(815), __nccwpck_require__.e(500), __nccwpck_require__.e(261), __nccwpck_require__.e(999)]).then(__nccwpck_require__.bind(__nccwpck_require__, 7999)),
};
function runStages(inputs, surroundings) {
    return (0,stage/* withRun */.Yq)(inputs, surroundings, workOf[inputs.mode]);
}
async function goBack(run) {
    const { rollback } = await load.rollback();
    await run.stage('rollback', () => rollback(run));
}
async function askLive(run) {
    const { status } = await load.status();
    await run.stage('status', () => status(run));
}
async function addPlugin(run) {
    if (!run.inputs.dryRun)
        await (0,transaction/* undoInterrupted */.Zv)(run.surroundings.root);
    const { add } = await load.add();
    await run.stage('add', () => add(run));
}
async function removePlugin(run) {
    if (!run.inputs.dryRun)
        await (0,transaction/* undoInterrupted */.Zv)(run.surroundings.root);
    const { remove } = await load.remove();
    await run.stage('remove', () => remove(run));
}
async function updatePlugins(run) {
    if (!run.inputs.dryRun)
        await (0,transaction/* undoInterrupted */.Zv)(run.surroundings.root);
    const { update } = await load.update();
    await run.stage('update', () => update(run));
}
async function askSources(run) {
    const { outdated } = await load.outdated();
    await run.stage('outdated', () => outdated(run));
}
async function goForward(run) {
    const { inputs, surroundings, record, stage } = run;
    const isChange = (0,inputs_event/* changeOf */.C2)(surroundings.event) !== undefined || surroundings.since !== undefined;
    const writes = inputs.mode !== 'check';
    if (writes && !inputs.dryRun)
        await (0,transaction/* undoInterrupted */.Zv)(surroundings.root);
    const publishing = writes && inputs.publish.commit !== 'none' ? await load.publish() : undefined;
    const destination = publishing && (await stage('publish', () => publishing.chooseDestination(run)));
    let state = await stage('check', () => (0,check/* check */.z6)(run));
    if (writes && inputs.fix)
        state = await stage('fix', () => fix(run, state));
    if (writes)
        state = await stage('lockfile', async () => (await load.lockfile()).lockfile(run, state));
    if (isChange)
        state = await compareWithBase(run, state);
    record((0,check/* partOf */.BU)(state));
    if (writes && !inputs.dryRun)
        await stage('apply', () => apply(run, state));
    const sync = (root) => syncElsewhere(run, root);
    const revision = destination &&
        (await stage('publish', () => publishing.publish(run, { destination, examined: state, sync })));
    if (inputs.mode === 'deploy' && inputs.as === 'bundle')
        await stage('bundle', async () => (await load.bundle()).bundle(run, state, revision));
    else if (inputs.mode === 'deploy')
        await stage('deploy', async () => (await load.deploy()).deploy(run, state, revision));
}
/** Says what the change brings: what plugins may do that they could not, and which findings are new. */
async function compareWithBase(run, examined) {
    const { findBase, compareFindings } = await load.base();
    const base = await run.stage('base', () => findBase(run));
    if (base === undefined)
        return examined;
    const compared = await run.stage('privileges', async () => (await load.privileges()).privileges(run, examined, base));
    return run.stage('base', () => compareFindings(run, compared, base));
}
/** Runs `sync` on another checkout, without publishing. */
function syncElsewhere({ inputs, surroundings }, root) {
    const publish = { ...inputs.publish, commit: 'none' };
    return runStages({ ...inputs, mode: 'sync', publish }, { ...surroundings, root });
}
const workOf = {
    check: goForward,
    sync: goForward,
    deploy: goForward,
    rollback: goBack,
    status: askLive,
    add: addPlugin,
    remove: removePlugin,
    update: updatePlugins,
    outdated: askSources,
};


/***/ }),

/***/ 3601:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   k: () => (/* binding */ comparePrivileges)
/* harmony export */ });
/* unused harmony export whatIsUnknown */
/* harmony import */ var _privileges_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3988);

/**
 * Compares what a plugin may do with what it could do before.
 * @param before `undefined` when the plugin was not there
 * @param now `undefined` when it is gone
 * @returns `undefined` when nothing changed, and nothing is left unknown
 */
function comparePrivileges(plugin, before, now) {
    const [old, current] = [before ?? [], now ?? []];
    const known = new Map(old.map((privilege) => [(0,_privileges_js__WEBPACK_IMPORTED_MODULE_0__/* .keyOf */ .TN)(privilege), privilege]));
    const kept = new Map(current.map((privilege) => [(0,_privileges_js__WEBPACK_IMPORTED_MODULE_0__/* .keyOf */ .TN)(privilege), privilege]));
    const gained = current.filter(isPrivilege).flatMap((privilege) => {
        const was = known.get((0,_privileges_js__WEBPACK_IMPORTED_MODULE_0__/* .keyOf */ .TN)(privilege));
        if (!was)
            return [privilege];
        return (0,_privileges_js__WEBPACK_IMPORTED_MODULE_0__/* .reachesFurther */ .KX)(privilege, was) ? [{ ...privilege, before: was.reach ?? 'services' }] : [];
    });
    const lost = old.filter(isPrivilege).flatMap((was) => {
        const is = kept.get((0,_privileges_js__WEBPACK_IMPORTED_MODULE_0__/* .keyOf */ .TN)(was));
        if (!is)
            return [was];
        return (0,_privileges_js__WEBPACK_IMPORTED_MODULE_0__/* .reachesFurther */ .KX)(was, is) ? [{ ...was, after: is.reach ?? 'services' }] : [];
    });
    const unknown = [...new Set(current.flatMap(whatIsUnknown))];
    const state = !before ? 'new' : !now ? 'removed' : 'changed';
    if (state === 'changed' && [gained, lost, unknown].every(({ length }) => length === 0))
        return undefined;
    return { plugin, state, gained, lost, unknown };
}
/** Tells whether a privilege counts: an action that only services can call gives no user anything. */
function isPrivilege({ kind, reach }) {
    return kind !== 'unknown' && (kind !== 'action' || reach !== 'services');
}
/** Why there may be more than a privilege says. What is not named may become something else without a sign of it. */
function whatIsUnknown({ kind, name }) {
    if (kind === 'unknown')
        return [name];
    return /(?:^|\.)unknown$/.test(name) && kind !== 'identity'
        ? [`${kind} by a name that only running it tells`]
        : [];
}


/***/ }),

/***/ 3988:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  Sb: () => (/* binding */ byKind),
  TN: () => (/* binding */ keyOf),
  yK: () => (/* binding */ privilegesOf),
  KX: () => (/* binding */ reachesFurther)
});

// EXTERNAL MODULE: ./.build/src/source/source-facts.js
var source_facts = __nccwpck_require__(3830);
// EXTERNAL MODULE: ./.build/src/lib/text.js
var lib_text = __nccwpck_require__(2184);
;// CONCATENATED MODULE: ./.build/src/privileges/sensitive.js
/**
 * What core actions let their caller do that goes beyond what a plugin stores and shows itself. They are for services
 * only, and don't ask who calls (server/services/core, server/services/openapi).
 */
const SENSITIVE_ACTIONS = {
    'user.signUserToken': 'logs in as any user',
    'user.generateUserToken': 'logs in as any user',
    'gateway.getUserSocketToken': 'gets the tokens of users who are online',
    'user.banUser': 'bans users',
    'user.unbanUser': 'lets banned users in again',
    'user.findUserByEmail': 'finds users by their mail address',
    'config.all': 'reads the whole configuration',
    'config.set': 'changes the configuration',
    'config.setClientConfig': 'changes the configuration of every client',
    'config.addToSet': 'changes the configuration, hooks included',
    'mail.sendMail': 'sends mail as the server',
    'file.delete': 'deletes files',
    'file.saveFileWithUrl': 'makes the server fetch and store any address',
    'group.addMember': 'puts users into groups',
    'gateway.notify': 'sends any event to any client',
    'gateway.tickUser': 'disconnects users',
};
/** The same for every action of a service. */
const SENSITIVE_SERVICES = {
    'chat.inbox': 'writes into inboxes of users',
    'openapi.bot': 'acts through bot accounts',
};
/** What calling an action lets a plugin do; `undefined` where that is nothing out of the ordinary. */
function whatCallGives(action) {
    if (Object.hasOwn(SENSITIVE_ACTIONS, action))
        return SENSITIVE_ACTIONS[action];
    const service = action.slice(0, Math.max(0, action.lastIndexOf('.')));
    return Object.hasOwn(SENSITIVE_SERVICES, service) ? SENSITIVE_SERVICES[service] : undefined;
}
/** Actions that are given a password, or answer with a user's token (server/services/core/user/user.service.ts). */
const WITH_CREDENTIALS = new Set([
    'user.login',
    'user.register',
    'user.modifyPassword',
    'user.createTemporaryUser',
    'user.claimTemporaryUser',
    'user.resetPassword',
    'user.signUserToken',
    'user.generateUserToken',
    'gateway.getUserSocketToken',
]);
/** What being called after an action gives, with what it was asked and what it answered. */
function whatHookGives(action) {
    return WITH_CREDENTIALS.has(action) ? 'gets passwords or tokens of users' : undefined;
}
/** Events with a message in them (server/packages/sdk/src/structs/events.ts); a listener may name a pattern. */
const WITH_MESSAGE = /^(?:chat\.inbox\.append|chat\.message\.updateMessage|(?:chat\.(?:inbox\.|message\.)?)?\*\*?)$/;
/** What listening to an event gives. */
function whatEventGives(event) {
    return WITH_MESSAGE.test(event) ? 'gets the text of messages' : undefined;
}

;// CONCATENATED MODULE: ./.build/src/privileges/privileges.js



/** The kinds of privilege, in the order that suits a reviewer. */
const privilegeKinds = [
    /** Runs in browsers, with all that the page can do; `name` says in whose. */
    'browser',
    /** A host that its front end was seen to contact when it was loaded; only a deploy with a browser knows. */
    'host',
    /** A path that everyone may ask for, without login. */
    'open-route',
    /** The same, of a service that is not the plugin's own. */
    'foreign-route',
    /** An action of its own; `reach` says who can call it. */
    'action',
    /** Answers with a page of its own, on the origin of the application. */
    'raw-html',
    /** Calls actions as a user whom it names. */
    'identity',
    /** Calls an action of another service. */
    'call',
    /** Is called after an action, with what that was asked and what it answered. */
    'hook',
    'event',
    /** Reads an environment variable. */
    'environment',
    /** Something that its source does not tell; `name` says what. */
    'unknown',
];
/** Who can call an action, from the fewest to the most. */
const REACHES = ['services', 'http', 'http and sockets'];
/** Returns everything that a plugin of this name may do, each privilege once, sorted. */
function privilegesOf(plugins, isBuiltin) {
    const all = plugins.flatMap((plugin) => [
        ...(plugin.web ? [browserPrivilege(isBuiltin)] : []),
        ...(plugin.kind === 'frontend' ? [] : serverPrivileges(plugin)),
    ]);
    const unique = new Map();
    for (const privilege of all) {
        const known = unique.get(keyOf(privilege));
        unique.set(keyOf(privilege), known ? joined(known, privilege) : privilege);
    }
    return [...unique.values()].sort(byKindAndName);
}
/** Returns the key that two equal privileges share. */
function keyOf({ kind, name }) {
    return `${kind} ${name}`;
}
/** Whether the first reaches further than the second. */
function reachesFurther(one, other) {
    return REACHES.indexOf(one.reach ?? 'services') > REACHES.indexOf(other.reach ?? 'services');
}
/** Joins two registrations of the same privilege: the more open one counts. */
function joined(one, other) {
    const wider = reachesFurther(other, one) ? other : one;
    return { ...wider, conditional: one.conditional && other.conditional };
}
function byKindAndName(a, b) {
    return byKind(a, b) || (0,lib_text/* compare */.UD)(a.name, b.name);
}
/** Orders privileges as suits a reviewer. */
function byKind(a, b) {
    return privilegeKinds.indexOf(a.kind) - privilegeKinds.indexOf(b.kind);
}
function browserPrivilege(isBuiltin) {
    return {
        kind: 'browser',
        name: isBuiltin ? 'everyone' : 'who installs it',
        ...(isBuiltin && { sensitive: 'runs for everyone, without being installed' }),
        conditional: false,
    };
}
function serverPrivileges(plugin) {
    const services = plugin.services.filter(({ loadedIn }) => loadedIn === 'production');
    return [
        ...services.flatMap((service) => [...registered(service), ...used(service, service.surface)]),
        ...plugin.helpers.flatMap((helper) => used(helper, helper.surface)),
        ...(0,source_facts/* environmentOf */.p7)(plugin).map((name) => ({ kind: 'environment', name, conditional: false })),
    ];
}
function registered(service) {
    const { surface } = service;
    const own = service.serviceName?.value ?? 'unknown';
    const from = (kind, name, { conditional, offset }) => ({
        kind,
        name,
        conditional,
        at: { file: service, offset },
    });
    return [
        ...surface.actions.map((action) => ({
            ...from('action', `${own}.${action.name}`, action),
            reach: reachOf(action),
        })),
        ...surface.openRoutes.map((route) => {
            // The gateway opens the name and the path as they are, one behind the other (docs/rules.md, service/open-route-without-slash).
            const isOwn = !route.literal || route.name.startsWith('/');
            return from(isOwn ? 'open-route' : 'foreign-route', `/${own}${route.name}`, route);
        }),
        ...surface.events.map((event) => withMeaning(from('event', event.name, event), whatEventGives)),
        ...surface.hooks.map((hook) => withMeaning(from('hook', hook.name, hook), whatHookGives)),
    ];
}
function used(file, surface) {
    const from = (kind, { name, offset }) => ({
        kind,
        name,
        conditional: false,
        at: { file, offset },
    });
    return [
        ...surface.foreignRoutes.map((route) => ({
            ...from('foreign-route', route),
            sensitive: 'opens routes of any service without login',
        })),
        ...surface.calls.map((call) => withMeaning(from('call', call), whatCallGives)),
        ...surface.identities.map((identity) => ({
            ...from('identity', identity),
            sensitive: identity.name === 'unknown' ? 'acts as a user whom it names' : 'acts as the system',
        })),
        ...surface.rawHtml.map((offset) => from('raw-html', { name: '__raw', offset })),
        ...surface.unknown.map((name) => ({ kind: 'unknown', name, conditional: false })),
    ];
}
function withMeaning(privilege, meaning) {
    const sensitive = meaning(privilege.name);
    return sensitive === undefined ? privilege : { ...privilege, sensitive };
}
/** What the source does not tell may be open: moleculer takes `published` for granted. */
function reachOf({ visibility, disableSocket }) {
    if (visibility !== 'published' && visibility !== 'unknown')
        return 'services';
    return disableSocket === true ? 'http' : 'http and sockets';
}


/***/ }),

/***/ 2850:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Le: () => (/* binding */ endedContainers),
/* harmony export */   aN: () => (/* binding */ lastWords),
/* harmony export */   eC: () => (/* binding */ compareBoot),
/* harmony export */   jA: () => (/* binding */ progressOf),
/* harmony export */   pJ: () => (/* binding */ endOf)
/* harmony export */ });
/* harmony import */ var _containers_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6968);
/* harmony import */ var _tailchat_service_loader_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7767);


/** What each of the application's containers loads, by its own environment. */
function placesOf(containers, tree) {
    return containers
        .filter(({ isApplication }) => isApplication)
        .map((container) => ({ container, ...(0,_tailchat_service_loader_js__WEBPACK_IMPORTED_MODULE_0__/* .loadOf */ .M9)(container.settings, tree) }));
}
/** The places that load a service, or may. */
function loading(places, { compiled }) {
    return places.filter(({ loads }) => loads?.has(compiled) ?? true);
}
/** Returns how far a stack has come. */
function progressOf({ awaited, tree }, listed, containers) {
    const places = placesOf(containers, tree);
    if (!listed)
        return places.every(({ container }) => (0,_containers_js__WEBPACK_IMPORTED_MODULE_1__/* .isDead */ .X)(container)) ? 'stuck' : 'waiting';
    const missing = awaited.filter(({ name }) => !listed.includes(name));
    if (missing.length === 0)
        return 'complete';
    const canCome = (each) => loading(places, each).some(({ container }) => !(0,_containers_js__WEBPACK_IMPORTED_MODULE_1__/* .isDead */ .X)(container));
    return missing.some(canCome) ? 'waiting' : 'stuck';
}
/** Joins what the load proof showed of services, the `rows`, with what a running stack lists. */
function compareBoot(rows, { awaited, tree }, boot) {
    const places = placesOf(boot.result.containers, tree);
    const missing = [];
    const compared = rows.map((row) => {
        const each = awaited.find(({ file }) => file === row.file);
        const diagnosis = each && row.loaded ? diagnoseBoot(each, places, boot) : undefined;
        if (!diagnosis)
            return row;
        const absent = { ...row, loaded: false, ...diagnosis };
        missing.push(absent);
        return absent;
    });
    return { rows: compared, missing };
}
/** Why a running stack lacks a service that its image loads; `undefined` when it does not, or that can't be told. */
function diagnoseBoot(each, places, { result: { listed, gateway, logs, containers }, timeoutSeconds, }) {
    const own = loading(places, each).map(({ container }) => container);
    if (own.length === 0)
        return {
            cause: 'not-selected',
            reason: `in the image, and no container of the stack loads it: ${places.map(({ container, reason }) => `${container.service} has ${reason}`).join(', ')}`,
        };
    const names = own.map(({ service }) => service).join(', ');
    const isListed = listed?.includes(each.name) ?? false;
    const failing = own.filter((container) => (0,_containers_js__WEBPACK_IMPORTED_MODULE_1__/* .isDead */ .X)(container) || (!isListed && container.restarts > 0));
    const [first] = failing;
    // What a process that is gone brought may stay listed for a while.
    if (first && failing.length === own.length) {
        const words = lastWords(logs.get(first.id) ?? []);
        return { cause: 'process-died', reason: `its container ${endOf(first)}${words && `: ${words}`}` };
    }
    if (isListed || !listed)
        return undefined;
    const other = containers.find(({ id }) => id === gateway);
    if (other && own.every(({ bus }) => bus !== other.bus))
        return {
            cause: 'not-listed',
            reason: `${names} and the gateway’s container ${other.service} do not see each other: their TRANSPORTER or NAMESPACE differ`,
        };
    return each.needsDatabase
        ? {
            cause: 'waits-for-database',
            reason: `loaded by ${names}, and not listed within ${timeoutSeconds} s: it waits for its database, which has not answered (MONGO_URL)`,
        }
        : {
            cause: 'not-listed',
            reason: `${names} runs and should load it, and the gateway did not list it within ${timeoutSeconds} s`,
        };
}
/** `service-all-plugins exited with code 1`. */
function endOf({ service, state, exitCode, restarts }) {
    return restarts > 0
        ? `${service} ended and was started again ${restarts} times, last with exit code ${exitCode}`
        : `${service} ${state} with exit code ${exitCode}`;
}
/** The line of a log that says most: the last one that speaks of an error, else the last one. */
function lastWords(log) {
    const lines = log.map((line) => line.trim()).filter((line) => line !== '');
    const line = lines.findLast((each) => /error|unable|cannot|fail/i.test(each)) ?? lines.at(-1) ?? '';
    return line.slice(0, MAX_WORDS);
}
const MAX_WORDS = 300;
/** The containers of the application that ended, though they should run. */
function endedContainers({ containers }) {
    return containers.filter((each) => each.isApplication && (0,_containers_js__WEBPACK_IMPORTED_MODULE_1__/* .isDead */ .X)(each) && !(each.settings.runs === 'other' && each.exitCode === 0));
}


/***/ }),

/***/ 7998:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  K: () => (/* binding */ compareServices),
  fQ: () => (/* binding */ compareWithItself),
  c_: () => (/* binding */ isOfBaseImage),
  C5: () => (/* binding */ unprovenServices)
});

// EXTERNAL MODULE: ./.build/src/tailchat/service-loader.js
var service_loader = __nccwpck_require__(7767);
;// CONCATENATED MODULE: ./.build/src/proof/diagnosis.js

/**
 * Why an image does not load a service; `undefined` when it does.
 * @param takenNames the services that are registered before this one, name → source file
 */
function diagnoseLoad(service, probe, takenNames) {
    const found = probe.services.find(({ file }) => file === service.compiled);
    if (!found)
        return whyNotFound(service, probe);
    if (found.error)
        return threw(found.error);
    if (found.name === undefined || (service.name !== undefined && found.name !== service.name))
        return {
            cause: 'other-name',
            reason: `loaded under the name ${JSON.stringify(found.name ?? '')}`,
        };
    const first = takenNames.get(found.name);
    return first === undefined
        ? undefined
        : { cause: 'duplicate-name', reason: `${first} has the same name, so this one is never registered` };
}
/** A service whose constructor threw, with the first place of the application's own code. */
function threw({ message, at }) {
    return { cause: 'threw', reason: `threw while it was constructed: ${message}${at ? ` (${at})` : ''}` };
}
function whyNotFound({ file, compiled }, probe) {
    if (probe.loading === compiled)
        return {
            cause: 'process-died',
            reason: 'the process that loads services died or hung while it constructed this one',
        };
    if (!probe.finished)
        return {
            cause: 'not-tried',
            reason: probe.loading
                ? `not tried: the process died or hung at ${probe.loading}`
                : `not tried: ${probe.error?.message ?? 'the probe did not get that far'}`,
        };
    const missing = `not in the image: server/dist/${compiled} does not exist`;
    return probe.sources?.includes((0,service_loader/* fromServer */.Wj)(file))
        ? { cause: 'not-compiled', reason: `${missing}, while its source does: the build did not compile it` }
        : { cause: 'not-copied', reason: `${missing}, and neither does its source` };
}

;// CONCATENATED MODULE: ./.build/src/proof/exposure.js
/**
 * Compares what a loaded service registered with its source. Names that are known only at run time and conditional
 * registrations are not differences.
 * @param provided environment variables that a container which loads this service gets from the repository
 */
function compareExposure(service, loaded, provided = new Set()) {
    const { surface } = service.source;
    const actions = new Map((loaded.actions ?? []).map((action) => [action.name, action]));
    const allIsKnown = surface.unknown.length === 0 && surface.actions.every(({ literal }) => literal);
    const differences = [];
    for (const action of allIsKnown ? actions.values() : [])
        if (!surface.actions.some(({ name }) => name === action.name))
            differences.push({ service, kind: 'not-in-source', action });
    const known = surface.actions.filter(({ literal }) => literal);
    for (const source of known) {
        const action = actions.get(source.name);
        const { offset, name } = source;
        if (!action) {
            if (!source.conditional)
                differences.push({ service, offset, kind: 'not-loaded', action: name });
        }
        else if (known.filter((other) => other.name === name).length === 1) {
            const [said, found] = openness(source, action);
            if (said !== found)
                differences.push({ service, offset, kind: 'differs', action: name, source: said, loaded: found });
        }
    }
    return [
        ...differences,
        ...compareEvents(service, loaded),
        ...undefinedHandlers(service, loaded),
        ...switchedOff(service, loaded, provided),
    ];
}
/** Events that TcService listens to in every service (server/packages/sdk/src/services/base.ts). */
const OWN_EVENTS = new Set(['config.updated']);
/** Compares events. A database adds its own events: with one, only missing events are reported. */
function compareEvents(service, loaded) {
    const { events, unknown } = service.source.surface;
    // An image that was probed without a look at events.
    if (!loaded.events)
        return [];
    const heard = new Set(loaded.events);
    const allIsKnown = unknown.length === 0 && events.every(({ literal }) => literal) && !loaded.database;
    const extra = allIsKnown
        ? loaded.events.filter((name) => !OWN_EVENTS.has(name) && !events.some((event) => event.name === name))
        : [];
    const missing = events.filter(({ name, literal, conditional }) => literal && !conditional && !heard.has(name));
    return [
        ...extra.map((event) => ({ service, kind: 'event-not-in-source', event })),
        ...missing.map(({ name, offset }) => ({
            service,
            offset,
            kind: 'event-not-loaded',
            event: name,
        })),
    ];
}
function undefinedHandlers(service, loaded) {
    const { actions, events } = service.source.surface;
    return (loaded.undefinedHandlers ?? []).map(({ kind, name }) => {
        const source = (kind === 'action' ? actions : events).find((each) => each.literal && each.name === name);
        return { service, ...(source && { offset: source.offset }), kind: 'undefined-handler', of: kind, name };
    });
}
/** Returns who may call an action, by its source and as loaded; equal where the source does not tell. */
function openness(source, loaded) {
    const sockets = (disabled) => (disabled ? ', disableSocket' : '');
    const found = loaded.disableSocket === true;
    const visibility = source.visibility === 'unknown' ? loaded.visibility : source.visibility;
    const disabled = source.disableSocket === 'unknown' ? found : source.disableSocket;
    return [visibility + sockets(disabled), loaded.visibility + sockets(found)];
}
/** Finds registrations that are missing because an environment variable is not set. */
function switchedOff(service, loaded, provided) {
    const { surface } = service.source;
    const actions = new Set(loaded.actions?.map(({ name }) => name));
    const events = new Set(loaded.events);
    const off = [
        ...surface.actions.filter(({ name, literal }) => literal && !actions.has(name)),
        ...surface.events.filter(({ name, literal }) => literal && !events.has(name)),
    ].filter(({ conditional, environment }) => conditional && environment.some((name) => !provided.has(name)));
    const [first] = off;
    if (!first)
        return [];
    return [
        {
            service,
            offset: first.offset,
            kind: 'switched-off',
            names: [...new Set(off.map(({ name }) => name))],
            environment: [
                ...new Set(off.flatMap(({ environment }) => environment.filter((name) => !provided.has(name)))),
            ].sort(),
            loadedActions: actions.size,
            allActions: new Set([...actions, ...surface.actions.map(({ name }) => name)]).size,
        },
    ];
}

// EXTERNAL MODULE: ./.build/src/lib/lists.js
var lists = __nccwpck_require__(3758);
;// CONCATENATED MODULE: ./.build/src/proof/compare.js



/** Tells whether a service comes with the base image of an overlay, so that it is neither expected nor wrong. */
function isOfBaseImage({ expected, loaded, reason }) {
    return !expected && loaded === true && reason === OF_BASE_IMAGE;
}
const OF_BASE_IMAGE = 'it comes with the base image';
/** Returns every expected service with `loaded: null`, for before an image was tried. */
function unprovenServices(expected) {
    return sorted(expected.map((service) => ({ ...rowOf(service), loaded: null })));
}
/**
 * Joins the services that the source promises with those that the image loaded.
 * @param provided the environment variables that the repository sets for each compiled file
 */
function compareServices(expectations, probe, provided = new Map()) {
    const { expected, development } = expectations;
    const rows = [];
    const differences = [];
    const takenNames = new Map();
    for (const service of expected) {
        const found = probe.services.find(({ file }) => file === service.compiled);
        const time = found && { milliseconds: found.milliseconds };
        const diagnosis = diagnoseLoad(service, probe, takenNames);
        if (diagnosis || found?.name === undefined) {
            const name = service.name ?? found?.name;
            rows.push({ ...rowOf(service), ...(name && { name }), loaded: false, ...diagnosis, ...time });
            continue;
        }
        takenNames.set(found.name, service.file);
        const actions = found.actions && { actions: found.actions };
        rows.push({ ...rowOf(service), name: found.name, loaded: true, ...actions, ...time });
        (0,lists/* append */.B)(differences, compareExposure(service, found, provided.get(service.compiled)));
    }
    (0,lists/* append */.B)(rows, [...unpromised(expectations, probe), ...development.map(developmentRow)]);
    return { expected: [...expected], rows: sorted(rows), differences };
}
/**
 * Returns the services of an image without sources: each file that the server would load must load under its own name.
 * The file at which the process ended is one of them; later files are unknown.
 */
function compareWithItself(probe) {
    const files = [...probe.services.map(({ file }) => file), ...(probe.loading ? [probe.loading] : [])];
    const takenNames = new Map();
    const rows = files.map((compiled) => {
        const file = `server/dist/${compiled}`;
        const found = probe.services.find((service) => service.file === compiled);
        const diagnosis = diagnoseLoad({ name: undefined, file, compiled }, probe, takenNames);
        const name = found?.name ?? compiled;
        if (!diagnosis)
            takenNames.set(name, file);
        const [, plugin] = compiled.split('/');
        return {
            name,
            ...(plugin !== undefined && { plugin }),
            file,
            expected: true,
            loaded: diagnosis === undefined,
            ...diagnosis,
            ...(!diagnosis && found?.actions && { actions: found.actions }),
            ...(found && { milliseconds: found.milliseconds }),
        };
    });
    return sorted(rows);
}
/** Returns the services in the image that no source promises. */
function unpromised({ expected, tolerated, onBase }, probe) {
    return probe.services
        .filter(({ file }) => !expected.some(({ compiled }) => compiled === file))
        .map(({ file, name, error, milliseconds }) => {
        const source = tolerated.find(({ compiled }) => compiled === file);
        const plugin = source?.plugin ?? (onBase ? file.split('/')[1] : undefined);
        return {
            name: name ?? source?.name ?? file,
            ...(plugin !== undefined && { plugin }),
            file: source?.file ?? `server/dist/${file}`,
            expected: false,
            loaded: error === undefined,
            ...(error
                ? threw(error)
                : {
                    reason: source
                        ? 'declared for development only'
                        : onBase
                            ? OF_BASE_IMAGE
                            : 'no source file or declaration asks for it',
                }),
            milliseconds,
        };
    });
}
function developmentRow(service) {
    const diagnosis = {
        cause: 'development-only',
        reason: 'for development only: production loads no *.service.dev.ts',
    };
    return { ...rowOf(service), expected: false, loaded: false, ...diagnosis };
}
function rowOf(service) {
    return {
        name: service.name ?? service.compiled,
        plugin: service.plugin,
        file: service.file,
        expected: true,
    };
}
function sorted(rows) {
    return rows.sort((a, b) => a.name < b.name ? -1 : a.name > b.name ? 1 : (a.file ?? '') < (b.file ?? '') ? -1 : 1);
}


/***/ }),

/***/ 6968:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ withoutSecretValues),
/* harmony export */   X: () => (/* binding */ isDead)
/* harmony export */ });
/** A crash that repeats itself this often does not mend itself: what a container waits for comes up in seconds. */
const MAX_RESTARTS = 5;
/** Whether a container ended, or ends again and again. */
function isDead({ state, restarts }) {
    return ['exited', 'dead', 'removing'].includes(state) || restarts >= MAX_RESTARTS;
}
/** A line of a log without the values that are secret. */
function withoutSecretValues(line, secrets) {
    // Longer ones first: one may be a part of another.
    return [...secrets]
        .sort((a, b) => b.length - a.length)
        .reduce((text, secret) => text.replaceAll(secret, '***'), line);
}


/***/ }),

/***/ 6868:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   z: () => (/* binding */ expectedServices)
/* harmony export */ });
/* harmony import */ var _tailchat_service_loader_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7767);

/** Sorts the services of all plugins by what production does with them. */
function expectedServices({ plugins, pluginsOnly }) {
    return {
        expected: servicesOf(plugins.filter(({ expectServices }) => expectServices), 'production'),
        tolerated: servicesOf(plugins.filter(({ expectServices }) => !expectServices), 'production'),
        development: servicesOf(plugins, 'development'),
        onBase: pluginsOnly,
    };
}
function servicesOf(states, loadedIn) {
    return states.flatMap(({ plugin }) => plugin.services
        .filter((source) => source.loadedIn === loadedIn)
        .map((source) => ({
        name: source.serviceName?.value,
        plugin: plugin.name,
        file: source.path,
        ...(source.serviceName && { line: source.serviceName.position.line }),
        compiled: (0,_tailchat_service_loader_js__WEBPACK_IMPORTED_MODULE_0__/* .compiledPath */ .pW)(source.path),
        source,
    })));
}


/***/ }),

/***/ 4959:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  oU: () => (/* binding */ builtinEntryLine),
  jd: () => (/* binding */ editBuiltinTs),
  Uz: () => (/* binding */ removeBuiltinEntry),
  lp: () => (/* binding */ setBuiltinFields),
  hj: () => (/* binding */ setBuiltinProperty)
});

// EXTERNAL MODULE: ./.build/src/registrations/builtin.js
var builtin = __nccwpck_require__(7129);
// EXTERNAL MODULE: ./.build/src/lib/text-edits.js
var text_edits = __nccwpck_require__(5052);
// EXTERNAL MODULE: ./.build/src/lib/lists.js
var lists = __nccwpck_require__(3758);
;// CONCATENATED MODULE: ./.build/src/registrations/elements.js
/**
 * Takes one element out of an array or an object, with its comma and the comment directly above it.
 * @param keepsComment whether that comment stays, since it is about the elements below as well
 */
function removeElement(text, { open, close, elements }, { index, keepsComment = false }) {
    const [previous, element, next] = [elements[index - 1], elements[index], elements[index + 1]];
    if (!element)
        return [];
    const commaBefore = previous && commaAfter(text, previous.end, element.start);
    const comma = commaAfter(text, element.end, close);
    const from = endOfTrailingComment(text, (commaBefore ?? open) + 1);
    const above = text.slice(from, element.start);
    // The first element of a line takes the space after it along: the others move to the beginning of the line.
    const isFirstOfLine = next && comma !== undefined && /(?:^|\n)[ \t]*$/.test(above) && (above === '' || above.includes('\n'));
    if (isFirstOfLine && /^[^\S\n]*$/.test(text.slice(comma + 1, next.start)))
        return [{ offset: element.start, length: next.start - element.start, content: '' }];
    const end = endOfTrailingComment(text, (comma ?? element.end - 1) + 1);
    const own = above.slice(0, startOfOwnText(above, keepsComment));
    // With a blank line above and another one, or the bracket, below, one blank line is removed as well.
    const isParagraph = /^[ \t]*\r?\n[ \t]*(?:\r?\n|[\])}])/.test(text.slice(end));
    const start = from + (isParagraph ? own.replace(/\r?\n[ \t]*$/, '') : own).length;
    if ((text.slice(open + 1, start) + text.slice(end, close)).trim() === '')
        return [{ offset: open + 1, length: close - open - 1, content: '' }];
    const edits = [{ offset: start, length: end - start, content: '' }];
    // In a list without a trailing comma, the last element takes the comma before it along.
    if (comma === undefined && commaBefore !== undefined)
        edits.push({ offset: commaBefore, length: 1, content: '' });
    return edits;
}
/** Tells whether a comment is an entry that was commented out, and so is not about the next entry. */
function isCommentedCode(comment) {
    return comment.split('\n').some((line) => {
        const text = line.trimEnd();
        const code = text.endsWith('*/') ? text.slice(0, -2).trimEnd() : text;
        if (/[{}]\)?[,;]?$/.test(code.slice(-3)) || text.endsWith('&&'))
            return true;
        return text.endsWith(',') && /^\W{0,40}?(?:'[\w.-]{1,80}'|[\w$]{1,80})\s{0,40}:\s{0,40}['"\w]/.test(text);
    });
}
/** Returns where an entry's own part of the text above it begins: before its line break, and before its comments. */
function startOfOwnText(above, keepsComment) {
    let start = lineBreakAtEnd(above, above.length);
    if (start === undefined)
        return spaceBefore(above, above.length);
    if (keepsComment)
        return start;
    for (let comment = commentAtEnd(above, start); comment !== undefined; comment = commentAtEnd(above, start)) {
        if (isCommentedCode(above.slice(comment, start)))
            break;
        start = comment;
    }
    return start;
}
/** Returns where the spaces and tabs before an offset begin. */
function spaceBefore(text, end) {
    let start = end;
    while (text[start - 1] === ' ' || text[start - 1] === '\t')
        start--;
    return start;
}
/** Returns where the line break before an offset begins, skipping spaces; `undefined` without one. */
function lineBreakAtEnd(text, end) {
    const start = spaceBefore(text, end);
    if (text[start - 1] !== '\n')
        return undefined;
    return text[start - 2] === '\r' ? start - 2 : start - 1;
}
/** Returns where the line break before a comment begins that ends at an offset and shares its lines with no code. */
function commentAtEnd(text, end) {
    const lastLine = text.slice(text.lastIndexOf('\n', end - 1) + 1, end);
    if (/^[ \t]*\/\//.test(lastLine))
        return lineBreakAtEnd(text, end - lastLine.length);
    const close = spaceBefore(text, end) - 2;
    if (!text.startsWith('*/', close))
        return undefined;
    const opening = /\r?\n[ \t]*\/\*/g;
    opening.lastIndex = Math.max(0, text.lastIndexOf('*/', close - 1));
    const found = opening.exec(text);
    return found && opening.lastIndex <= close ? found.index : undefined;
}
/** Returns the offset of the comma after an element, skipping white space and comments; `undefined` without one. */
function commaAfter(text, offset, limit) {
    const gap = /(?:\s|\/\/[^\n]*|\/\*[^]*?\*\/)*/y;
    gap.lastIndex = offset;
    gap.exec(text);
    const at = gap.lastIndex;
    return at < limit && text[at] === ',' ? at : undefined;
}
/** Returns the end of the comments that fill the rest of the line; `offset` itself where something else follows. */
function endOfTrailingComment(text, offset) {
    const comment = /(?:[^\S\r\n]*\/\*(?:(?!\*\/)[^\r\n])*\*\/)*(?:[^\S\r\n]*\/\/[^\r\n]*(?=\r?\n)|(?=[ \t]*\r?\n))/y;
    comment.lastIndex = offset;
    return comment.exec(text) ? comment.lastIndex : offset;
}
/** Returns what the inner indentation adds to the outer one; `undefined` where no formatter would write that. */
function deeper(outer, inner) {
    const more = inner.startsWith(outer) ? inner.slice(outer.length) : '';
    return /^(?:\t| {2,4})$/.test(more) ? more : undefined;
}

;// CONCATENATED MODULE: ./.build/src/registrations/typescript-values.js
/** Where a maintainer's formatter breaks a line (Tailchat uses prettier's default). */
const LINE_WIDTH = 80;
/** Returns the quotation mark that most string literals of a text use. */
function quoteOf(text) {
    const [singles, doubles] = ["'", '"'].map((quote) => text.split(quote).length);
    return doubles > singles ? '"' : "'";
}
/** After a key this short, a line break would gain too little: prettier leaves the value on the same line. */
const SHORT_KEY = 4;
/** Returns a value as a TypeScript expression on one line. */
function renderOnOneLine(value, quote) {
    if (typeof value === 'string')
        return renderString(value, quote);
    if (typeof value !== 'object' || value === null)
        return JSON.stringify(value);
    if (Array.isArray(value))
        return `[${value.map((item) => renderOnOneLine(item, quote)).join(', ')}]`;
    const properties = Object.entries(value).map(([key, item]) => `${renderKey(key, quote)}: ${renderOnOneLine(item, quote)}`);
    return properties.length === 0 ? '{}' : `{ ${properties.join(', ')} }`;
}
/** Returns a value as a TypeScript expression, each property on its own line. */
function renderValue(value, style) {
    if (typeof value === 'string')
        return renderString(value, style.quote);
    if (typeof value !== 'object' || value === null)
        return JSON.stringify(value);
    const inner = { ...style, indent: style.indent + style.unit };
    const isArray = Array.isArray(value);
    const lines = Object.entries(value).map(([key, item]) => isArray ? inner.indent + renderValue(item, inner) : renderProperty(key, item, inner));
    const [open, close] = isArray ? '[]' : '{}';
    if (lines.length === 0)
        return `${open}${close}`;
    const content = lines.join(`,${style.eol}`) + (style.trailingComma ? ',' : '');
    return [open, content, `${style.indent}${close}`].join(style.eol);
}
/** Returns a property on one line, or on two where prettier would break it; without a comma. */
function renderProperty(key, item, style) {
    const { indent, unit, eol } = style;
    const rendered = renderValue(item, style);
    const name = renderKey(key, style.quote);
    const line = `${indent}${name}: ${rendered}`;
    const breaks = typeof item === 'string' && displayWidth(name) > SHORT_KEY && displayWidth(`${line},`) > LINE_WIDTH;
    return breaks ? `${indent}${name}:${eol}${indent}${unit}${rendered}` : line;
}
/** Returns a key as an object literal needs it. */
function renderKey(key, quote) {
    // Written as any other key, it would set the object's prototype.
    if (key === '__proto__')
        return `[${renderString(key, quote)}]`;
    return /^[A-Za-z_$][\w$]*$/.test(key) ? key : renderString(key, quote);
}
/** Returns a string literal, with the other quotation mark where that saves escapes, as prettier does. */
function renderString(value, preferred) {
    const other = preferred === "'" ? '"' : "'";
    const count = (quote) => value.split(quote).length;
    const quote = count(preferred) > count(other) ? other : preferred;
    const escaped = JSON.stringify(value)
        .slice(1, -1)
        .replaceAll('\\"', '"')
        .replaceAll('\u2028', '\\u2028')
        .replaceAll('\u2029', '\\u2029')
        .replaceAll(quote, `\\${quote}`);
    return quote + escaped + quote;
}
/** Returns the number of columns on a screen: wide East Asian characters take two. */
function displayWidth(line) {
    let width = 0;
    for (const character of line)
        width +=
            /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u.test(character)
                ? 2
                : 1;
    return width;
}

;// CONCATENATED MODULE: ./.build/src/registrations/builtin-edit.js





/**
 * Edits the array `builtinPlugins`. New entries go after the last unconditional one, in the file's own style; a removed
 * entry takes the comment directly above it along.
 * @throws when the file holds no array that can be edited
 */
function editBuiltinTs(parse, file, change) {
    const removed = change.remove.reduce((text, name) => removeEntries(parse, { ...file, text }, name), file.text);
    return change.add.reduce((text, manifest) => addEntry(parse, { ...file, text }, manifest), removed);
}
function understoodList(parse, file) {
    const list = (0,builtin/* readBuiltinList */.U)(parse, file);
    if (!list.understood)
        throw new Error(`${file.path} cannot be edited: ${list.reason}`);
    return list;
}
function addEntry(parse, file, manifest) {
    const { text } = file;
    const list = understoodList(parse, file);
    const { entries, open, close } = list;
    const style = styleOf(text, list);
    const previous = entries.findLast((entry) => !entry.conditional);
    const neighbour = previous ?? entries[0];
    // The new entry goes on the same line as its neighbour where that shares its line with what comes before.
    const sharesLine = neighbour !== undefined &&
        !text.slice(entries[entries.indexOf(neighbour) - 1]?.end ?? open, neighbour.start).includes('\n');
    const rendered = renderEntry(manifest, style, sharesLine);
    if (!previous) {
        const line = `${style.eol}${style.indent}${rendered}`;
        if (text.slice(open + 1, close).trim() === '') {
            const comma = style.trailingComma ? ',' : '';
            const content = `${line}${comma}${style.eol}${(0,text_edits/* indentAt */.oY)(text, open)}`;
            return (0,text_edits/* applyEdits */.ct)(text, [{ offset: open + 1, length: close - open - 1, content }]);
        }
        if (sharesLine)
            return (0,text_edits/* applyEdits */.ct)(text, [{ offset: neighbour.start, length: 0, content: `${rendered}, ` }]);
        const offset = endOfTrailingComment(text, open + 1);
        return (0,text_edits/* applyEdits */.ct)(text, [{ offset, length: 0, content: `${line},` }]);
    }
    const added = sharesLine ? ` ${rendered}` : `${style.eol}${style.indent}${rendered}`;
    const comma = commaAfter(text, previous.end, close);
    if (comma === undefined) {
        const end = endOfTrailingComment(text, previous.end);
        const content = `,${text.slice(previous.end, end)}${added}`;
        return (0,text_edits/* applyEdits */.ct)(text, [{ offset: previous.end, length: end - previous.end, content }]);
    }
    const offset = sharesLine ? comma + 1 : endOfTrailingComment(text, comma + 1);
    return (0,text_edits/* applyEdits */.ct)(text, [{ offset, length: 0, content: `${added},` }]);
}
/** Returns how the entries of a file are written. */
function styleOf(text, { entries, open, close }) {
    const outer = (0,text_edits/* indentAt */.oY)(text, open);
    const objects = entries.flatMap(({ object }) => (object && object.properties.length > 0 ? [object] : []));
    const inLines = objects.findLast((object) => text.slice(object.open, object.close).includes('\n'));
    const lastProperty = inLines?.properties.at(-1);
    const last = entries.at(-1);
    const first = entries[0];
    const indent = first && (0,text_edits/* indentAt */.oY)(text, first.start);
    const unit = (inLines && deeper((0,text_edits/* indentAt */.oY)(text, inLines.open), (0,text_edits/* indentAt */.oY)(text, inLines.properties[0]?.start ?? 0))) ??
        (indent === undefined ? undefined : deeper(outer, indent)) ??
        indentUnitOf(text);
    return {
        eol: (0,text_edits/* lineEndingOf */.RE)(text),
        indent: indent ?? outer + unit,
        unit,
        quote: quoteOf(text),
        trailingComma: inLines && lastProperty
            ? commaAfter(text, lastProperty.end, inLines.close) !== undefined
            : !last ||
                commaAfter(text, last.end, close) !== undefined ||
                !text.slice(last.end, close).includes('\n'),
        onOneLine: objects.length > 0 && !inLines,
        // Where a line is already longer, no formatter breaks it.
        width: (0,lists/* largest */.n)(text.slice(open, close).split('\n').map(displayWidth), LINE_WIDTH),
    };
}
/** Returns the first indentation of a file outside block comments. */
function indentUnitOf(text) {
    return /^(\t| {2,4})(?![ \t*])/m.exec(text)?.[1] ?? '  ';
}
function removeEntries(parse, file, name) {
    const list = understoodList(parse, file);
    const index = list.entries.findIndex((entry) => entry.name === name);
    if (index === -1)
        return file.text;
    const text = (0,text_edits/* applyEdits */.ct)(file.text, removeBuiltinEntry(file.text, list, index));
    return removeEntries(parse, { ...file, text }, name);
}
/** Takes an entry out of `builtinPlugins`, with its comma and its own comment directly above it. */
function removeBuiltinEntry(text, list, index) {
    const keepsComment = headsSection(text, list.entries, index);
    return removeElement(text, { ...list, elements: list.entries }, { index, keepsComment });
}
/**
 * Tells whether the comment above an entry is about those below it as well: they are behind the same condition and the
 * one before is not, or they form a paragraph between blank lines.
 */
function headsSection(text, entries, index) {
    const [previous, entry, next] = [entries[index - 1], entries[index], entries[index + 1]];
    if (!entry || !next || !/^\s*,[^\S\n]*\r?\n[^\S\n]*$/.test(text.slice(entry.end, next.start)))
        return false;
    const condition = (each) => each?.conditional && each.object ? text.slice(each.start, each.object.open) : '';
    const startsConditions = condition(entry) !== '' && condition(entry) !== condition(previous);
    if (startsConditions && condition(entry) === condition(next))
        return true;
    const above = previous ? text.slice(previous.end, entry.start) : '';
    return /\n[ \t]*\r?\n(?:[ \t]*\S[^\n]*\n)+[ \t]*$/.test(above);
}
/**
 * Sets fields of all entries of a plugin, adding those that are missing, or removes them (`undefined`). The entries keep
 * their place and their conditions.
 * @throws when the file holds no array that can be edited
 */
function setBuiltinFields(parse, file, { name, fieldsOf }) {
    return understoodList(parse, file).entries.reduce((text, entry, index) => entry.name === name
        ? fieldsOf(entry).reduce((edited, value) => {
            const object = understoodList(parse, { ...file, text: edited }).entries[index]?.object;
            return object ? (0,text_edits/* applyEdits */.ct)(edited, setBuiltinProperty(edited, object, value)) : edited;
        }, text)
        : text, file.text);
}
/** Sets a field of an entry, adding it after the others where it is missing, or removes it (`undefined`). */
function setBuiltinProperty(text, { open, close, properties }, { field, value }) {
    const index = properties.findIndex(({ name }) => name === field);
    const property = properties[index];
    if (value === undefined)
        return property ? removeElement(text, { open, close, elements: properties }, { index }) : [];
    const last = properties.at(-1);
    const comma = last && commaAfter(text, last.end, close);
    const indent = (0,text_edits/* indentAt */.oY)(text, (property ?? last)?.start ?? open);
    const style = {
        eol: (0,text_edits/* lineEndingOf */.RE)(text),
        indent,
        unit: deeper((0,text_edits/* indentAt */.oY)(text, open), indent) ?? indentUnitOf(text),
        quote: quoteOf(text),
        trailingComma: comma !== undefined,
        width: LINE_WIDTH,
    };
    if (property) {
        const { valueStart, end } = property;
        return [{ offset: valueStart, length: end - valueStart, content: renderValue(value, style) }];
    }
    if (!last || !text.slice(open, close).includes('\n')) {
        const content = `${last ? ',' : ''} ${renderKey(field, style.quote)}: ${renderValue(value, style)}`;
        return [{ offset: last?.end ?? open + 1, length: 0, content }];
    }
    const line = style.eol + renderProperty(field, value, style);
    if (comma !== undefined)
        return [{ offset: endOfTrailingComment(text, comma + 1), length: 0, content: `${line},` }];
    return [
        { offset: last.end, length: 0, content: ',' },
        { offset: endOfTrailingComment(text, last.end), length: 0, content: line },
    ].reduce(joinTouching, []);
}
/** Joins two edits at the same offset into one, since their order would be undefined. */
function joinTouching(edits, edit) {
    const previous = edits.at(-1);
    return previous && previous.offset === edit.offset && previous.length === 0
        ? [...edits.slice(0, -1), { ...edit, content: previous.content + edit.content }]
        : [...edits, edit];
}
/** Returns an entry on one line, for a person to paste into the file. */
function builtinEntryLine(text, manifest) {
    return `${renderOnOneLine(manifest, quoteOf(text))},`;
}
function renderEntry(manifest, style, sharesLine) {
    if (style.onOneLine) {
        const line = renderOnOneLine(manifest, style.quote);
        if (sharesLine || displayWidth(`${style.indent}${line},`) <= style.width)
            return line;
    }
    return renderValue(manifest, style);
}


/***/ }),

/***/ 7129:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ readBuiltinList)
/* harmony export */ });
/* harmony import */ var _formats_typescript_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7121);

/** Finds the array that `builtinPlugins` holds, bare or in a call such as `_compact([…])` or `[…].filter(Boolean)`. */
function readBuiltinList(parse, file) {
    // Parentheses are part of an entry: an edit next to its bare expression would land inside them.
    const withParentheses = (text, options) => parse(text, { ...options, createParenthesizedExpressions: true });
    const parsed = (0,_formats_typescript_js__WEBPACK_IMPORTED_MODULE_0__/* .parseTypeScript */ .pv)(withParentheses, file);
    if ('problem' in parsed) {
        const { message, position } = parsed.problem;
        return { understood: false, reason: `it does not parse: ${message} (line ${position.line})` };
    }
    const value = builtinPluginsValue(parsed.tree);
    if (!value)
        return { understood: false, reason: 'it declares no variable builtinPlugins' };
    const array = arrayIn((0,_formats_typescript_js__WEBPACK_IMPORTED_MODULE_0__/* .unwrap */ .oA)(value));
    if (!array)
        return { understood: false, reason: 'builtinPlugins is neither an array nor a call with an array' };
    return {
        understood: true,
        open: array.start ?? 0,
        close: (array.end ?? 1) - 1,
        entries: array.elements.flatMap((element) => (element ? [readEntry(element)] : [])),
    };
}
function builtinPluginsValue(tree) {
    for (const statement of tree.program.body) {
        const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
        if (declaration?.type !== 'VariableDeclaration')
            continue;
        for (const { id, init } of declaration.declarations)
            if (id.type === 'Identifier' && id.name === 'builtinPlugins' && init)
                return init;
    }
    return undefined;
}
function arrayIn(node) {
    if (node.type === 'ArrayExpression')
        return node;
    if (node.type !== 'CallExpression')
        return undefined;
    const receiver = node.callee.type === 'MemberExpression' ? arrayIn((0,_formats_typescript_js__WEBPACK_IMPORTED_MODULE_0__/* .unwrap */ .oA)(node.callee.object)) : undefined;
    const argument = node.arguments[0] && arrayIn((0,_formats_typescript_js__WEBPACK_IMPORTED_MODULE_0__/* .unwrap */ .oA)(node.arguments[0]));
    // Of two arrays, as in `[…].concat([…])`, neither is the whole list.
    return receiver && argument ? undefined : (receiver ?? argument);
}
function readEntry(element) {
    const bare = (0,_formats_typescript_js__WEBPACK_IMPORTED_MODULE_0__/* .unwrap */ .oA)(element);
    const object = objectIn(bare);
    return {
        name: object && literalProperty(object, 'name'),
        url: object && literalProperty(object, 'url'),
        conditional: bare.type === 'LogicalExpression' || bare.type === 'ConditionalExpression',
        start: element.start ?? 0,
        end: element.end ?? 0,
        object: object && readObject(object),
    };
}
function readObject(object) {
    const properties = [];
    for (const property of object.properties) {
        const name = property.type === 'SpreadElement' ? undefined : (0,_formats_typescript_js__WEBPACK_IMPORTED_MODULE_0__/* .memberName */ .eg)(property);
        if (name === undefined)
            return undefined;
        const value = property.type === 'ObjectProperty' ? property.value : property;
        properties.push({
            name,
            value: literalValue(value),
            start: property.start ?? 0,
            end: property.end ?? 0,
            valueStart: value.start ?? 0,
        });
    }
    return { open: object.start ?? 0, close: (object.end ?? 1) - 1, properties };
}
function literalValue(node) {
    const bare = (0,_formats_typescript_js__WEBPACK_IMPORTED_MODULE_0__/* .unwrap */ .oA)(node);
    if (bare.type === 'BooleanLiteral' || bare.type === 'NumericLiteral')
        return bare.value;
    return bare.type === 'NullLiteral' ? null : (0,_formats_typescript_js__WEBPACK_IMPORTED_MODULE_0__/* .literalText */ .bK)(bare);
}
function objectIn(node) {
    if (node.type === 'ObjectExpression')
        return node;
    if (node.type === 'LogicalExpression')
        return objectIn((0,_formats_typescript_js__WEBPACK_IMPORTED_MODULE_0__/* .unwrap */ .oA)(node.right));
    if (node.type === 'ConditionalExpression')
        return objectIn((0,_formats_typescript_js__WEBPACK_IMPORTED_MODULE_0__/* .unwrap */ .oA)(node.consequent)) ?? objectIn((0,_formats_typescript_js__WEBPACK_IMPORTED_MODULE_0__/* .unwrap */ .oA)(node.alternate));
    return undefined;
}
function literalProperty(object, name) {
    for (const property of object.properties)
        if (property.type === 'ObjectProperty' && (0,_formats_typescript_js__WEBPACK_IMPORTED_MODULE_0__/* .memberName */ .eg)(property) === name)
            return (0,_formats_typescript_js__WEBPACK_IMPORTED_MODULE_0__/* .literalText */ .bK)(property.value);
    return undefined;
}


/***/ }),

/***/ 9731:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Mt: () => (/* binding */ removeInstallNames),
/* harmony export */   Pn: () => (/* binding */ editInstallLists),
/* harmony export */   VZ: () => (/* binding */ isSafeInShell),
/* harmony export */   pj: () => (/* binding */ renderNames)
/* harmony export */ });
/* harmony import */ var _install_list_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3742);
/* harmony import */ var _lib_text_edits_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(5052);


/** What a name may hold to be written into a shell command inside a JSON string without any quoting. */
const SAFE_NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;
/** Whether a plugin's name can stand in the install list: a shell reads that list. */
function isSafeInShell(name) {
    return SAFE_NAME.test(name);
}
/** Names as the list writes them. */
function renderNames({ style }, names) {
    return names.map((name) => style.quote + name + style.quote).join(style.separator);
}
/**
 * Takes names out, each with what separates it from the word before. A comment above the first name stays where it
 * is the only one among those that go: it is about the list.
 */
function removeInstallNames({ file, names }, isRemoved) {
    const without = (start, end) => ({
        offset: start,
        length: end - start,
        content: '',
    });
    const stays = names.findIndex(({ name }, index) => !isRemoved(name, index));
    const [first, next] = [names[0], names[stays]];
    const keepsComment = first !== undefined &&
        next !== undefined &&
        file.text.slice(first.previousEnd, first.start).includes('#') &&
        !file.text.slice(first.end, next.start).includes('#');
    return [
        ...(keepsComment && stays > 0 ? [without(first.start, next.start)] : []),
        ...names.flatMap(({ name, previousEnd, end }, index) => isRemoved(name, index) && !(keepsComment && index < stays) ? [without(previousEnd, end)] : []),
    ];
}
/**
 * Edits the install lists of a repository. Everything else in the files keeps its bytes.
 * @returns the edits of each file that changes
 * @throws when there is no list to append to, or a name to add would mean more than itself to a shell
 */
function editInstallLists(lists, change) {
    const target = (0,_install_list_js__WEBPACK_IMPORTED_MODULE_0__/* .listForNewNames */ .G3)(lists);
    if (change.add.length > 0 && !target)
        throw new Error('there is no plugin:install command to add a name to');
    const unsafe = [...change.add, ...(change.rename?.values() ?? [])].find((name) => !isSafeInShell(name));
    if (unsafe !== undefined)
        throw new Error(`the name ${JSON.stringify(unsafe)} cannot stand in a shell command`);
    const edits = new Map();
    for (const list of lists) {
        const ofList = removeInstallNames(list, (name) => change.remove.includes(name));
        for (const { name, start, end } of list.names) {
            const to = change.rename?.get(name);
            if (to !== undefined)
                ofList.push({ offset: start, length: end - start, content: renderNames(list, [to]) });
        }
        if (list === target && change.add.length > 0) {
            const content = list.style.separator + renderNames(list, change.add);
            ofList.push({ offset: list.names.at(-1)?.end ?? list.commandEnd, length: 0, content });
        }
        if (ofList.length > 0)
            edits.set(list.file, [...(edits.get(list.file) ?? []), ...ofList]);
    }
    return [...edits].map(([file, ofFile]) => ({ file, after: (0,_lib_text_edits_js__WEBPACK_IMPORTED_MODULE_1__/* .applyEdits */ .ct)(file.text, ofFile) }));
}


/***/ }),

/***/ 3742:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   G3: () => (/* binding */ listForNewNames),
/* harmony export */   bJ: () => (/* binding */ readInstallLists),
/* harmony export */   e5: () => (/* binding */ installListFile),
/* harmony export */   wG: () => (/* binding */ installListsIn),
/* harmony export */   zc: () => (/* binding */ installListFiles)
/* harmony export */ });
/* harmony import */ var jsonc_parser__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9547);
/* harmony import */ var _formats_dockerfile_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3852);
/* harmony import */ var _formats_json_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(6916);
/* harmony import */ var _tailchat_layout_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(2876);
/* harmony import */ var _lib_mapped_text_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(9966);
/* harmony import */ var _formats_shell_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(9142);






/** The files that may hold a list, in the order in which a build comes to them. */
const installListFiles = [
    _tailchat_layout_js__WEBPACK_IMPORTED_MODULE_3__/* .layout */ .Zp.rootPackageJson,
    _tailchat_layout_js__WEBPACK_IMPORTED_MODULE_3__/* .layout */ .Zp.serverPackageJson,
    _tailchat_layout_js__WEBPACK_IMPORTED_MODULE_3__/* .layout */ .Zp.dockerfile,
];
const COMMAND = 'plugin:install';
/** What the command runs (server/package.json). */
const INSTALL_SCRIPT = 'installPlugin.js';
/** The scripts of the root package.json by which Tailchat's Dockerfile builds. */
const BUILD_SCRIPTS = ['build', 'build:server'];
/**
 * The install lists of a repository that its build runs. Where none can be seen to be run, all of them.
 * @param read a file of the repository; `undefined` when it is not there
 */
function readInstallLists(read) {
    const scripts = installListFiles.flatMap((path) => {
        const file = read(path);
        return file ? scriptsOf(file) : [];
    });
    const found = scripts.map((script) => ({ script, lists: listsIn(script) }));
    const all = found.flatMap(({ lists }) => lists);
    if (all.length < 2)
        return all;
    const run = scriptsOfBuild(scripts);
    const used = found.flatMap(({ script, lists }) => (run.has(script) ? lists : []));
    return used.length > 0 ? used : all;
}
/** All install lists of one file. */
function installListsIn(file) {
    return scriptsOf(file).flatMap(listsIn);
}
/** The list that gets new names: the last one in `build:server` of the root package.json, else the last of all. */
function listForNewNames(lists) {
    const usual = lists.findLast(({ file, script }) => file.path === _tailchat_layout_js__WEBPACK_IMPORTED_MODULE_3__/* .layout */ .Zp.rootPackageJson && script === 'build:server');
    return usual ?? lists.at(-1);
}
/** Returns the file with the list for new names; without a list, the file in which Tailchat keeps it. */
function installListFile(lists) {
    return listForNewNames(lists)?.file.path ?? _tailchat_layout_js__WEBPACK_IMPORTED_MODULE_3__/* .layout */ .Zp.rootPackageJson;
}
function scriptsOf(file) {
    if (file.path !== _tailchat_layout_js__WEBPACK_IMPORTED_MODULE_3__/* .layout */ .Zp.dockerfile)
        return packageScripts(file);
    return (0,_formats_dockerfile_js__WEBPACK_IMPORTED_MODULE_1__/* .readRunInstructions */ .Z)(file).map((run) => ({ file, name: undefined, ...run }));
}
function packageScripts(file) {
    const root = (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_2__/* .parseJsonTree */ .U0)(file);
    const properties = (root && (0,jsonc_parser__WEBPACK_IMPORTED_MODULE_0__.findNodeAtLocation)(root, ['scripts']))?.children ?? [];
    // As in JSON.parse, the last of two scripts with the same name counts.
    const scripts = new Map();
    for (const { children: [key, value] = [] } of properties) {
        if (key?.type !== 'string' || value?.type !== 'string')
            continue;
        const [start, end] = [value.offset + 1, value.offset + value.length - 1];
        const name = key.value;
        const commands = (0,_formats_shell_js__WEBPACK_IMPORTED_MODULE_4__/* .readShellCommands */ .P)((0,_lib_mapped_text_js__WEBPACK_IMPORTED_MODULE_5__/* .decodeJsonString */ .Sg)((0,_lib_mapped_text_js__WEBPACK_IMPORTED_MODULE_5__/* .mapSlice */ .j5)(file.text, start, end)));
        scripts.set(name, { file, name, start, end, commands, isJson: false });
    }
    return [...scripts.values()];
}
function listsIn(script) {
    const { file, name, start, end, commands, isJson } = script;
    if (commands)
        return commands.flatMap((words) => listsOfCommand(script, words, isJson));
    const mention = /plugin:install(?![\w:-])|installPlugin\.js/.exec(file.text.slice(start, end));
    if (!mention)
        return [];
    const commandEnd = start + mention.index + mention[0].length;
    const problem = 'it is in a here-document, or next to a quote that does not end';
    const style = { separator: ' ', quote: '' };
    return [{ file, script: name, names: [], commandEnd, style, behind: '', problem }];
}
/** Reads the list of a command, and those of commands in its arguments, as in `sh -c "pnpm plugin:install a"`. */
function listsOfCommand(script, words, isJson) {
    const program = words.findIndex(({ text }) => !/^\w+=/.test(text));
    // Printing a command does not run it.
    if (program === -1 || /^(?:echo|printf)$/.test(words[program]?.text ?? ''))
        return [];
    const nested = words.flatMap((word) => word.text.includes(COMMAND) || word.text.includes(INSTALL_SCRIPT)
        ? commandsWithin(word).flatMap((inner) => listsOfCommand(script, inner, false))
        : []);
    const command = commandWord(words, program);
    if (command === undefined)
        return nested;
    const list = listAfter(script, { words, command, isJson });
    // The script of that name defines the command: it is a list only where it names plugins itself.
    const isDefinition = script.name === COMMAND && (words[command]?.text === COMMAND || list.names.length === 0);
    return isDefinition ? nested : [...nested, list];
}
/**
 * Returns the commands in an argument such as that of `sh -c`. There are none in one word, and none in an expansion such
 * as `${a b`, which is one word as well, whose commands would be the same word again without end.
 */
function commandsWithin(word) {
    if (!/\s/.test(word.text))
        return [];
    const commands = (0,_formats_shell_js__WEBPACK_IMPORTED_MODULE_4__/* .readShellCommands */ .P)(word) ?? [];
    return commands.some((words) => words.some(({ text }) => text === word.text)) ? [] : commands;
}
/** Returns the index of the word that names the command; `undefined` for another command. */
function commandWord(words, program) {
    const task = words.findIndex(({ text }) => text === COMMAND);
    if (task === program || (task > program && words.slice(0, task).some(isPackageManager)))
        return task;
    const file = words.findIndex(({ text }) => /(?:^|\/)installPlugin\.js$/.test(text));
    return file > program &&
        words.slice(0, file).some(({ text }) => /(?:^|\/)(?:node|ts-node|tsx|bun)$/.test(text))
        ? file
        : undefined;
}
function isPackageManager({ text }) {
    return /(?:^|\/)(?:pnpm|npm|yarn|bun|npx|pnpx|corepack)$/.test(text);
}
/** Options of npm that take a value; npm reads them after the name of the script as well. */
const NPM_VALUE_OPTIONS = ['-w', '--workspace', '--prefix'];
function listAfter({ file, name, end }, { words, command, isJson }) {
    const isNpm = words.some(({ text }) => text === 'npm');
    let commandEnd = words[command]?.end ?? 0;
    const names = [];
    let computed;
    for (let index = command + 1; index < words.length; index++) {
        const word = words[index];
        const previous = words[index - 1];
        if (!word || !previous)
            break;
        const isValue = isNpm && NPM_VALUE_OPTIONS.includes(previous.text);
        if (word.text.startsWith('-') || isValue) {
            if (names.length === 0)
                commandEnd = word.end;
        }
        else if (word.isLiteral)
            names.push({ name: word.text, start: word.start, end: word.end, previousEnd: previous.end });
        else
            computed ??= file.text.slice(word.start, word.end);
    }
    return {
        file,
        script: name,
        names,
        commandEnd,
        style: styleOf(file.text, names, isJson),
        behind: file.text.slice(names.at(-1)?.end ?? commandEnd, name === undefined ? undefined : end),
        ...(computed !== undefined && { problem: `the value of ${computed} is only known when it runs` }),
    };
}
/** Returns how a new name is written: on its own line where the others are; comments between them are not repeated. */
function styleOf(text, names, isJson) {
    const last = names.at(-1);
    const gap = last ? text.slice(last.previousEnd, last.start).replace(/(?<=\n)[ \t]*#[^\n]*\n/g, '') : '';
    if (isJson)
        return { separator: gap || ', ', quote: '"' };
    return { separator: gap.includes('\n') ? gap : ' ', quote: '' };
}
/** Returns the scripts that the Dockerfile or Tailchat's own build runs, directly or by the name of a script. */
function scriptsOfBuild(scripts) {
    const run = new Set(scripts.filter(({ file, name }) => name === undefined || (file.path === _tailchat_layout_js__WEBPACK_IMPORTED_MODULE_3__/* .layout */ .Zp.rootPackageJson && BUILD_SCRIPTS.includes(name))));
    const byName = new Map();
    for (const script of scripts)
        if (script.name !== undefined)
            byName.set(script.name, [...(byName.get(script.name) ?? []), script]);
    const names = [...byName.keys()].sort();
    const seen = new Set();
    // A set gives what is added while it is walked, too.
    for (const script of run)
        for (const called of (script.commands ?? []).flatMap(calledScripts)) {
            if (seen.has(called))
                continue;
            seen.add(called);
            // Tools that run several scripts take `build:*` for all that begin with it.
            const meant = called.endsWith('*') ? namesFrom(names, called.slice(0, -1)) : [called];
            for (const name of meant)
                for (const each of byName.get(name) ?? [])
                    run.add(each);
        }
    return run;
}
/** The names that begin with a prefix, found without looking at the others: a hostile file may have very many. */
function namesFrom(sorted, prefix) {
    let [low, high] = [0, sorted.length];
    while (low < high) {
        const middle = (low + high) >> 1;
        if ((sorted[middle] ?? '') < prefix)
            low = middle + 1;
        else
            high = middle;
    }
    let end = low;
    while (sorted[end]?.startsWith(prefix))
        end++;
    return sorted.slice(low, end);
}
/** Names of scripts that a command may run; in which directory it does is not asked. */
function calledScripts(words) {
    const runner = words.findIndex((each) => isPackageManager(each) || /^(?:run-[sp]|npm-run-all)$/.test(each.text));
    return words.flatMap((word, index) => {
        const shorthand = /^(?:npm|pnpm|yarn|bun):(.+)/.exec(word.text)?.[1];
        if (shorthand !== undefined)
            return [shorthand];
        if (/\s/.test(word.text))
            return commandsWithin(word).flatMap(calledScripts);
        return runner !== -1 && index > runner ? [word.text] : [];
    });
}


/***/ }),

/***/ 4233:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   GQ: () => (/* binding */ readLockfile),
/* harmony export */   Z_: () => (/* binding */ readInstallation),
/* harmony export */   du: () => (/* binding */ isSdkPackage),
/* harmony export */   hp: () => (/* binding */ SDK)
/* harmony export */ });
/* harmony import */ var _formats_json_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6916);
/* harmony import */ var _tailchat_layout_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2876);
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(2184);
/* harmony import */ var _formats_yaml_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(1253);




const DEPENDENCY_FIELDS = [
    'dependencies',
    'devDependencies',
    'optionalDependencies',
];
/**
 * Reads what an installation depends on.
 * @param read reads a file of the repository by its path
 */
async function readInstallation(read, rootPackage) {
    const textOf = (path) => {
        const result = read(path);
        return 'text' in result ? { path, text: result.text } : undefined;
    };
    const jsonOf = (path) => {
        const file = textOf(path);
        return file && (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_0__/* .parseJson */ .qF)(file);
    };
    const dockerfile = textOf(_tailchat_layout_js__WEBPACK_IMPORTED_MODULE_1__/* .layout */ .Zp.dockerfile);
    const workspace = textOf(_tailchat_layout_js__WEBPACK_IMPORTED_MODULE_1__/* .layout */ .Zp.pnpmWorkspace);
    return {
        lockfile: lockfileFrom(read(_tailchat_layout_js__WEBPACK_IMPORTED_MODULE_1__/* .layout */ .Zp.pnpmLock)),
        workspace: workspace && (await readPnpmWorkspace(workspace)),
        serverPackage: jsonOf(_tailchat_layout_js__WEBPACK_IMPORTED_MODULE_1__/* .layout */ .Zp.serverPackageJson),
        sdkPackage: jsonOf(_tailchat_layout_js__WEBPACK_IMPORTED_MODULE_1__/* .layout */ .Zp.sdkPackageJson),
        ...installsIn(dockerfile),
        pnpmVersions: [
            ...(dockerfile ? versionsIn(dockerfile, /^[^#\n\r\u2028\u2029]*?\bpnpm@v?(\d+[\w.-]*)/gm) : []),
            ...(dockerfile ? versionsOfVariables(dockerfile) : []),
            ...(rootPackage ? versionsIn(rootPackage, /"packageManager"\s*:\s*"pnpm@(\d+[\w.-]*)/g) : []),
        ],
        isHoisted: /^[ \t]*(shamefully-hoist|public-hoist-pattern|node-linker|hoist-pattern)\b/m.test(textOf('.npmrc')?.text ?? ''),
    };
}
/** What git writes before the first of two sides. */
const CONFLICT = '<<<<<<< ';
/**
 * Reads pnpm-lock.yaml up to the end of `importers`. What follows is ten times as long and says nothing of any
 * package.json: Tailchat's lockfile has more than a megabyte, and parsing it whole takes seconds.
 */
function readLockfile(file) {
    const sections = topLevelSections(file.text);
    const version = (0,_formats_yaml_js__WEBPACK_IMPORTED_MODULE_3__/* .yamlText */ .pS)(sectionValue(sections.get('lockfileVersion')));
    const conflict = file.text.startsWith(CONFLICT) ? 0 : file.text.indexOf(`\n${CONFLICT}`) + 1;
    return {
        ...file,
        version,
        conflict: conflict > 0 || file.text.startsWith(CONFLICT) ? (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_2__/* .positionAt */ .t$)(file, conflict) : undefined,
        contents: readContents(file, version, sections),
    };
}
function lockfileFrom(result) {
    const path = _tailchat_layout_js__WEBPACK_IMPORTED_MODULE_1__/* .layout */ .Zp.pnpmLock;
    if ('text' in result)
        return readLockfile({ path, text: result.text });
    if ('missing' in result)
        return undefined;
    const position = { file: path, line: 1, column: 1 };
    const contents = { unreadable: `it ${result.reason}`, position };
    return { path, text: '', version: undefined, conflict: undefined, contents };
}
function readContents(file, version, sections) {
    const unreadable = (reason, offset) => ({
        unreadable: reason,
        position: (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_2__/* .positionAt */ .t$)(file, offset),
    });
    // Other formats keep the specifiers elsewhere, or may: 5 in a list of their own, and none newer is known yet.
    if (!version || !/^(6\.[01]|9\.0)$/.test(version))
        return unreadable(version
            ? `its format is ${version}, and only 6.0, 6.1 and 9.0 are known`
            : 'it names no lockfileVersion', sections.get('lockfileVersion')?.start ?? 0);
    if (sections.has('pnpmfileChecksum'))
        return unreadable('a .pnpmfile.cjs can rewrite every package.json while pnpm reads it', sections.get('pnpmfileChecksum')?.start ?? 0);
    const section = sections.get('importers');
    if (!section)
        return unreadable('it has no importers, so it is not that of a workspace', 0);
    const importers = readImporters(section);
    const overrides = sectionValue(sections.get('overrides'));
    if (!importers || (sections.has('overrides') && overrides?.kind !== 'map'))
        return unreadable('it is not written as pnpm writes it', section.start);
    const settings = sectionValue(sections.get('settings'));
    return {
        autoInstallPeers: (0,_formats_yaml_js__WEBPACK_IMPORTED_MODULE_3__/* .yamlText */ .pS)((0,_formats_yaml_js__WEBPACK_IMPORTED_MODULE_3__/* .yamlAt */ .fY)(settings, 'autoInstallPeers')) === 'true',
        excludeLinks: (0,_formats_yaml_js__WEBPACK_IMPORTED_MODULE_3__/* .yamlText */ .pS)((0,_formats_yaml_js__WEBPACK_IMPORTED_MODULE_3__/* .yamlAt */ .fY)(settings, 'excludeLinksFromLockfile')) === 'true',
        overrides: new Map((0,_formats_yaml_js__WEBPACK_IMPORTED_MODULE_3__/* .yamlEntries */ .go)(overrides).map(([key, { value }]) => [key, (0,_formats_yaml_js__WEBPACK_IMPORTED_MODULE_3__/* .yamlText */ .pS)(value) ?? ''])),
        importers,
    };
}
const IMPORTER = /^ {2}(?:'([^'\r\n]+)'|([^\s'"#][^\r\n]*?)):(?: \{\})?\r?$/gm;
const FIELD = / {4}(dependencies|devDependencies|optionalDependencies):\r?\n/y;
const DEPENDENCY = / {6}(?:'([^'\r\n]+)'|([^\s'"#][^:\r\n]*)):\r?\n {8}specifier: ([^\r\n]+)\r?\n {8}version: ([^\r\n]+)(?:\r?\n|$)/y;
/**
 * The importers of a lockfile, by a regular expression for each of the three lines that pnpm writes: a reader of
 * whole YAML takes twenty times as long for these two thousand lines. What is written otherwise goes to such a
 * reader, one importer at a time. `undefined` when that does not understand it either.
 */
function readImporters({ start, text }) {
    // Everything below the first line is indented; a mark of a merge conflict is not.
    // A regular expression takes a line separator for the end of a line; YAML and pnpm don't.
    if (/[\u2028\u2029]/.test(text))
        return undefined;
    if (!/^importers:[ \t]*\r?(\n|$)/.test(text) || /\n(?! {2}|\r?\n|\r?$)/.test(text))
        return undefined;
    const heads = [...text.matchAll(IMPORTER)];
    const importers = new Map();
    for (const [index, head] of heads.entries()) {
        const from = head.index + head[0].length + 1;
        const block = text.slice(from, heads[index + 1]?.index);
        const dependencies = usualDependencies(block, start + from) ?? otherDependencies(block, start + from);
        if (!dependencies)
            return undefined;
        importers.set(head[1] ?? head[2] ?? '', { start: start + head.index + 2, dependencies });
    }
    return importers;
}
function usualDependencies(block, base) {
    const dependencies = new Map();
    const end = block.trimEnd().length;
    let at = 0;
    while (at < end) {
        FIELD.lastIndex = at;
        const field = FIELD.exec(block)?.[1];
        if (!field)
            return undefined;
        at = FIELD.lastIndex;
        for (;;) {
            DEPENDENCY.lastIndex = at;
            const match = DEPENDENCY.exec(block);
            if (!match)
                break;
            const [, quoted, bare, specifier = '', version = ''] = match;
            if (/^["|>]/.test(specifier))
                return undefined;
            dependencies.set(quoted ?? bare ?? '', {
                field: field,
                specifier: unquoted(specifier),
                version: unquoted(version),
                start: base + at + 6,
            });
            at = DEPENDENCY.lastIndex;
        }
    }
    return dependencies;
}
function unquoted(text) {
    return text.startsWith("'") && text.endsWith("'") ? text.slice(1, -1).replaceAll("''", "'") : text;
}
function otherDependencies(block, base) {
    const node = (0,_formats_yaml_js__WEBPACK_IMPORTED_MODULE_3__/* .readPlainYaml */ .gR)(block, base);
    if (!node)
        return undefined;
    return new Map(DEPENDENCY_FIELDS.flatMap((field) => (0,_formats_yaml_js__WEBPACK_IMPORTED_MODULE_3__/* .yamlEntries */ .go)((0,_formats_yaml_js__WEBPACK_IMPORTED_MODULE_3__/* .yamlAt */ .fY)(node, field)).map(([name, { keyStart, value }]) => [
        name,
        {
            field,
            specifier: (0,_formats_yaml_js__WEBPACK_IMPORTED_MODULE_3__/* .yamlText */ .pS)((0,_formats_yaml_js__WEBPACK_IMPORTED_MODULE_3__/* .yamlAt */ .fY)(value, 'specifier')) ?? '',
            version: (0,_formats_yaml_js__WEBPACK_IMPORTED_MODULE_3__/* .yamlText */ .pS)((0,_formats_yaml_js__WEBPACK_IMPORTED_MODULE_3__/* .yamlAt */ .fY)(value, 'version')) ?? '',
            start: keyStart,
        },
    ])));
}
/** The text under each key of the first column, to the end of `importers`. */
function topLevelSections(text) {
    const sections = new Map();
    let open;
    const close = (end) => {
        if (open)
            sections.set(open.key, { start: open.start, text: text.slice(open.start, end) });
    };
    for (let start = text.startsWith('\uFEFF') ? 1 : 0; start < text.length;) {
        const newline = text.indexOf('\n', start);
        const end = newline === -1 ? text.length : newline + 1;
        const key = /^[A-Za-z]/.test(text[start] ?? '') && /^\w+(?=:)/.exec(text.slice(start, end))?.[0];
        if (key) {
            close(start);
            if (open?.key === 'importers')
                return sections;
            open = { key, start };
        }
        start = end;
    }
    close(text.length);
    return sections;
}
/** A section is a map of its one key. */
function sectionValue(section) {
    const node = section && (0,_formats_yaml_js__WEBPACK_IMPORTED_MODULE_3__/* .readPlainYaml */ .gR)(section.text, section.start);
    return node?.kind === 'map' ? [...node.entries.values()][0]?.value : undefined;
}
async function readPnpmWorkspace(file) {
    const result = await (0,_formats_yaml_js__WEBPACK_IMPORTED_MODULE_3__/* .readYaml */ .gM)(file.text);
    const node = 'node' in result ? result.node : undefined;
    const packages = (0,_formats_yaml_js__WEBPACK_IMPORTED_MODULE_3__/* .yamlAt */ .fY)(node, 'packages');
    const globs = packages?.kind === 'list' ? packages.items.flatMap((item) => (0,_formats_yaml_js__WEBPACK_IMPORTED_MODULE_3__/* .yamlText */ .pS)(item) ?? []) : undefined;
    const isTooLong = globs !== undefined && globs.join('').length > MAX_GLOBS;
    const unreadable = 'problem' in result
        ? `it cannot be read (${result.problem})`
        : isTooLong
            ? `its globs have more than ${MAX_GLOBS} characters`
            : undefined;
    return {
        ...file,
        packages: isTooLong ? undefined : globs,
        ...(unreadable !== undefined && { unreadable }),
        hasOverrides: !node || (0,_formats_yaml_js__WEBPACK_IMPORTED_MODULE_3__/* .yamlAt */ .fY)(node, 'overrides') !== undefined,
    };
}
/** Each is tried on the path of every package: a person writes some dozens of characters. */
const MAX_GLOBS = 4000;
function installsIn(dockerfile) {
    if (!dockerfile)
        return { frozenInstall: undefined };
    // Comments and line continuations blanked out, so that offsets stay.
    const text = dockerfile.text
        .replace(/^[ \t]*#.*/gm, (comment) => ' '.repeat(comment.length))
        .replace(/\\\r?\n/g, (end) => ' '.repeat(end.length));
    const installs = [...text.matchAll(/[^\n&|;]+/g)].filter(([command]) => isInstall(command));
    const frozen = installs.find(([command]) => /--frozen-lockfile(?!=false)/.test(command));
    const first = frozen ?? installs[0];
    const position = first && (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_2__/* .positionAt */ .t$)(dockerfile, text.lastIndexOf('\n', first.index) + 1);
    if (frozen)
        return { frozenInstall: position };
    // In CI, pnpm takes an existing lockfile as it stands without being told to.
    const isCi = /\bCI[ =]["']?(?:true|1)\b/.test(text);
    const isAsked = installs.some(([command]) => /--no-frozen-lockfile|--frozen-lockfile=false/.test(command));
    return { frozenInstall: undefined, ...(position && (!isCi || isAsked) && { unfrozenInstall: position }) };
}
/** Whether a command installs what the package.json files name: not globally, and not what it names itself. */
function isInstall(command) {
    const words = command.trim().split(/\s+/);
    const pnpm = words.findIndex((word) => /^(?:corepack\/)?pnpm$/.test(word));
    const install = pnpm === -1 ? -1 : words.findIndex((word, at) => at > pnpm && /^(?:i|install|ci)$/.test(word));
    if (install === -1)
        return false;
    const options = words.slice(install + 1);
    return !options.some((word) => !word.startsWith('-') || word === '-g' || word === '--global');
}
function versionsIn(file, pattern) {
    return [...file.text.matchAll(pattern)].map((match) => {
        const version = match[1] ?? '';
        return { version, position: (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_2__/* .positionAt */ .t$)(file, match.index + match[0].length - version.length) };
    });
}
const MAX_VARIABLES = 20;
/** `RUN npm install -g pnpm@$PNPM_VERSION`, with the value that an ARG or ENV of that name has in the file. */
function versionsOfVariables(dockerfile) {
    const mention = /^[^#\n\r\u2028\u2029]*?\bpnpm@v?\$(?:(\w+)|\{(\w+)\})/gm;
    const variables = new Set([...dockerfile.text.matchAll(mention)].map((match) => match[1] ?? match[2] ?? ''));
    // The whole file is read for each: more of them than this are no Dockerfile that a person writes.
    return [...variables].slice(0, MAX_VARIABLES).flatMap((variable) => {
        const value = String.raw `^[ \t]*(?:ARG|ENV)[ \t]+${variable}[= \t]["']?v?(\d+[\w.-]*)`;
        return versionsIn(dockerfile, new RegExp(value, 'gim'));
    });
}
/** What package.json names the SDK; server/packages/sdk in every Tailchat repository. */
const SDK = 'tailchat-server-sdk';
/** Whether the file is the package of the workspace that plugins mean by the SDK's name. */
function isSdkPackage(file) {
    return (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_0__/* .stringAt */ .bX)(file?.value, 'name') === SDK;
}


/***/ }),

/***/ 1104:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   __: () => (/* binding */ replaceRegistryEntry),
/* harmony export */   ap: () => (/* binding */ removeRegistryEntry),
/* harmony export */   cb: () => (/* binding */ setRegistryField),
/* harmony export */   gT: () => (/* binding */ registryEntryLine),
/* harmony export */   sl: () => (/* binding */ editRegistryJson)
/* harmony export */ });
/* harmony import */ var jsonc_parser__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9547);
/* harmony import */ var _formats_json_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6916);
/* harmony import */ var _lib_text_edits_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(5052);



/**
 * Edits the text of client/web/registry.json. Entries that stay keep every byte; new ones go last, in the style
 * of the file.
 * @throws when the text is not a JSON array
 */
function editRegistryJson(text, change) {
    const removed = change.remove.reduce(removeEntries, text);
    return change.add.reduce(appendEntry, removed);
}
/** The text that was parsed last: many edits of one text parse it once. */
let latest;
function entriesOf(text) {
    if (latest?.text === text)
        return latest;
    const array = (0,jsonc_parser__WEBPACK_IMPORTED_MODULE_0__.parseTree)((0,_formats_json_js__WEBPACK_IMPORTED_MODULE_1__/* .withoutBom */ .vA)(text));
    if (array?.type !== 'array')
        throw new Error('the plugin registry is not a JSON array');
    latest = { text, array, entries: array.children ?? [] };
    return latest;
}
function removeEntries(text, name) {
    const index = entriesOf(text).entries.findIndex((entry) => nameOf(text, entry) === name);
    if (index === -1)
        return text;
    return removeEntries((0,_lib_text_edits_js__WEBPACK_IMPORTED_MODULE_2__/* .applyEdits */ .ct)(text, removeRegistryEntry(text, index)), name);
}
/**
 * Takes one entry out of the text of client/web/registry.json.
 * @throws when the text is not a JSON array
 */
function removeRegistryEntry(text, index) {
    const { array, entries } = entriesOf(text);
    const elements = entries
        .slice(Math.max(0, index - 1), index + 2)
        .map((entry) => ({ offset: entry.offset, end: endOf(entry) }));
    return removeElement(elements, Math.min(index, 1), { open: array.offset, close: endOf(array) - 1 });
}
/**
 * Sets a field of an entry, or removes it (`undefined`). A missing field is added after the field `after`, or last.
 * @throws when the text is not a JSON array
 */
function setRegistryField(text, index, { field, value, after }) {
    const entry = entriesOf(text).entries[index];
    if (entry?.type !== 'object')
        return [];
    const properties = propertiesOf(text, entry);
    const at = properties.findLastIndex(({ key }) => key === field);
    const property = properties[at];
    if (value === undefined)
        return property ? removeElement(properties, at, { open: entry.offset, close: endOf(entry) - 1 }) : [];
    const style = styleOf(text, entry);
    if (property) {
        const content = renderValue(value, style);
        return [{ offset: property.valueStart, length: property.end - property.valueStart, content }];
    }
    const previous = properties.find(({ key }) => key === after) ?? properties.at(-1);
    const content = renderProperty(field, value, style);
    if (!previous)
        return [{ offset: entry.offset, length: entry.length, content: style.open + content + style.close }];
    return [{ offset: previous.end, length: 0, content: style.separator + content }];
}
/**
 * Makes an entry equal to the manifest: equal fields keep their bytes, present ones keep their order, and new ones go
 * where the manifest has them.
 * @throws when the text is not a JSON array
 */
function replaceRegistryEntry(text, index, manifest) {
    const entry = entriesOf(text).entries[index];
    if (!entry)
        return text;
    if (entry.type !== 'object')
        return (0,_lib_text_edits_js__WEBPACK_IMPORTED_MODULE_2__/* .applyEdits */ .ct)(text, [
            { offset: entry.offset, length: entry.length, content: renderEntry(manifest, styleOf(text, entry)) },
        ]);
    const present = propertiesOf(text, entry);
    const keys = Object.keys(manifest);
    const wanted = Object.entries(manifest).map(([field, value], at) => ({ field, value, after: keys[at - 1] }));
    const different = wanted.filter(({ field, value }) => {
        const here = present.findLast(({ key }) => key === field);
        return !here || JSON.stringify(here.value) !== JSON.stringify(value);
    });
    const set = different.reduce((edited, change) => (0,_lib_text_edits_js__WEBPACK_IMPORTED_MODULE_2__/* .applyEdits */ .ct)(edited, setRegistryField(edited, index, change)), text);
    return present
        .filter(({ key }) => !keys.includes(key))
        .reduce((edited, { key: field }) => (0,_lib_text_edits_js__WEBPACK_IMPORTED_MODULE_2__/* .applyEdits */ .ct)(edited, setRegistryField(edited, index, { field, value: undefined })), set);
}
/** Returns an entry on one line, for a person to paste into the file. */
function registryEntryLine(manifest) {
    return renderEntry(manifest, ONE_LINE);
}
function appendEntry(text, manifest) {
    const { array, entries } = entriesOf(text);
    const last = entries.at(-1);
    if (!last) {
        const eol = (0,_lib_text_edits_js__WEBPACK_IMPORTED_MODULE_2__/* .lineEndingOf */ .RE)(text);
        const indent = (0,_lib_text_edits_js__WEBPACK_IMPORTED_MODULE_2__/* .indentAt */ .oY)(text, array.offset);
        const style = linesStyle(eol, `${indent}  `, '  ');
        const content = `${eol}${indent}  ${renderEntry(manifest, style)}${eol}${indent}`;
        return (0,_lib_text_edits_js__WEBPACK_IMPORTED_MODULE_2__/* .applyEdits */ .ct)(text, [{ offset: array.offset + 1, length: endOf(array) - array.offset - 2, content }]);
    }
    // The space between the last two entries, or before a single one, goes before the new one too.
    const previous = entries.at(-2);
    const gap = previous
        ? text.slice(endOf(previous), last.offset)
        : ',' + text.slice(array.offset + 1, last.offset);
    const content = gap + renderEntry(manifest, styleOf(text, last));
    return (0,_lib_text_edits_js__WEBPACK_IMPORTED_MODULE_2__/* .applyEdits */ .ct)(text, [{ offset: endOf(last), length: 0, content }]);
}
function propertiesOf(text, entry) {
    return (entry.children ?? []).flatMap(({ children: [key, value] = [] }) => key && value
        ? {
            key: String(key.value),
            value: JSON.parse(text.slice(value.offset, endOf(value))),
            offset: key.offset,
            end: endOf(value),
            keyEnd: endOf(key),
            valueStart: value.offset,
        }
        : []);
}
/** Takes one element out of a list, with the comma before it: exactly the text that appending it adds. */
function removeElement(elements, index, { open, close }) {
    const [previous, element, next] = [elements[index - 1], elements[index], elements[index + 1]];
    if (!element)
        return [];
    const [start, end] = previous
        ? [previous.end, element.end]
        : next
            ? [element.offset, next.offset]
            : [open + 1, close];
    return [{ offset: start, length: end - start, content: '' }];
}
const ONE_LINE = {
    open: '{ ',
    separator: ', ',
    close: ' }',
    colon: () => ': ',
    column: () => undefined,
    value: { spaced: true },
};
function linesStyle(eol, indent, unit) {
    return {
        open: `{${eol}${indent}${unit}`,
        separator: `,${eol}${indent}${unit}`,
        close: `${eol}${indent}}`,
        colon: () => ': ',
        column: () => undefined,
        value: { eol, indent: indent + unit, unit },
    };
}
/** Returns the style of an existing entry. */
function styleOf(text, entry) {
    const example = text.slice(entry.offset, endOf(entry));
    const properties = entry.type === 'object' ? propertiesOf(text, entry) : [];
    if (example.includes('\n'))
        return {
            ...linesStyle((0,_lib_text_edits_js__WEBPACK_IMPORTED_MODULE_2__/* .lineEndingOf */ .RE)(text), (0,_lib_text_edits_js__WEBPACK_IMPORTED_MODULE_2__/* .indentAt */ .oY)(text, entry.offset), indentUnit(text, entry)),
            colon: colonsOf(text, properties, true),
        };
    if (properties.length === 0)
        return ONE_LINE;
    const spaced = /"\s*:\s/.test(example);
    const inner = /^\{\s/.test(example) ? ' ' : '';
    const isInColumns = properties.some(({ end }, index) => {
        const next = properties[index + 1];
        return next !== undefined && /,\s{2,}$/.test(text.slice(end, next.offset));
    });
    return {
        open: `{${spaced ? inner : ''}`,
        separator: spaced ? ', ' : ',',
        close: `${spaced ? inner : ''}}`,
        colon: colonsOf(text, properties, false),
        column: (index, key) => isInColumns && properties[index]?.key === key ? properties[index].offset - entry.offset : undefined,
        value: { spaced },
    };
}
/** Returns the text between keys and values: each key keeps its own, and values aligned in a column stay aligned. */
function colonsOf(text, properties, inLines) {
    const colons = new Map(properties.map(({ key, keyEnd, valueStart }) => [
        key,
        text.slice(keyEnd, valueStart).replace(/\s+/g, (space) => (space.includes('\n') ? ' ' : space)),
    ]));
    const columns = new Set(properties.map(({ offset, valueStart }) => valueStart - offset));
    const lengths = new Set(properties.map(({ offset, keyEnd }) => keyEnd - offset));
    const usual = [...colons.values()].at(-1) ?? ': ';
    const [column = 0] = columns;
    if (!inLines || columns.size !== 1 || lengths.size < 2)
        return (key) => colons.get(key) ?? usual;
    return (key) => {
        const room = Math.max(column - JSON.stringify(key).length, usual.trim().length + 1);
        return usual.startsWith(':') ? ':'.padEnd(room) : ': '.padStart(room);
    };
}
function renderEntry(manifest, style) {
    const fields = Object.entries(manifest);
    if (fields.length === 0)
        return '{}';
    const [first, ...others] = fields.map(([key, value]) => ({ key, text: renderProperty(key, value, style) }));
    return (others.reduce((line, { key, text }, index) => (line + style.separator).padEnd(style.column(index + 1, key) ?? 0) + text, style.open + (first?.text ?? '')) + style.close);
}
function renderProperty(key, value, style) {
    return JSON.stringify(key) + style.colon(key) + renderValue(value, style);
}
function renderValue(value, { value: style }) {
    if ('unit' in style)
        return JSON.stringify(value, null, style.unit).replaceAll('\n', style.eol + style.indent);
    return style.spaced ? JSON.stringify(value, null, 1).replace(/\n\s*/g, ' ') : JSON.stringify(value);
}
/** How much deeper an entry's fields stand than the entry itself. */
function indentUnit(text, entry) {
    const property = entry.children?.[0];
    if (!property)
        return '  ';
    const outer = (0,_lib_text_edits_js__WEBPACK_IMPORTED_MODULE_2__/* .indentAt */ .oY)(text, entry.offset);
    const inner = (0,_lib_text_edits_js__WEBPACK_IMPORTED_MODULE_2__/* .indentAt */ .oY)(text, property.offset);
    return inner.startsWith(outer) && inner.length > outer.length ? inner.slice(outer.length) : '  ';
}
function nameOf(text, entry) {
    if (entry.type !== 'object')
        return undefined;
    const name = propertiesOf(text, entry).findLast(({ key }) => key === 'name')?.value;
    return typeof name === 'string' ? name : undefined;
}
function endOf(node) {
    return node.offset + node.length;
}


/***/ }),

/***/ 6677:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ renderRule)
/* harmony export */ });
/* harmony import */ var _wrap_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2808);

/** A rule explained for a terminal, as docs/rules.md does it. */
function renderRule(rule, page) {
    const block = (title, text) => [
        (0,_wrap_js__WEBPACK_IMPORTED_MODULE_0__/* .paint */ .nI)(title, 'bold', page),
        ...text.split('\n').map((line) => `  ${line}`),
        '',
    ];
    return [
        ...(0,_wrap_js__WEBPACK_IMPORTED_MODULE_0__/* .wrap */ .LV)([{ text: rule.id, style: 'bold' }, { text: `(${rule.severity}): ${rule.title}` }], page),
        '',
        ...(0,_wrap_js__WEBPACK_IMPORTED_MODULE_0__/* .wrap */ .LV)([{ text: 'Why it matters:', style: 'bold' }, { text: rule.why }], page),
        '',
        ...(0,_wrap_js__WEBPACK_IMPORTED_MODULE_0__/* .wrap */ .LV)([{ text: 'To mend it:', style: 'bold' }, { text: rule.mend }], page),
        '',
        ...block('Wrong', rule.bad),
        ...block('Right', rule.good),
    ].join('\n');
}


/***/ }),

/***/ 2469:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ renderJson),
/* harmony export */   t: () => (/* binding */ writeReportFiles)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6760);
/* harmony import */ var _rules_catalogue_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1979);
/* harmony import */ var _lib_files_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(5312);
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(2184);
/* harmony import */ var _sarif_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(8255);





/**
 * Writes the report and the SARIF file where they are asked for; directories are made, and links that a repository may
 * hold are not followed out of where the files belong.
 * @param directory what relative paths are relative to
 * @param within the directories in which a file may be; absolute paths, with their symbolic links resolved
 * @param path where the repository stands in the workspace
 * @returns what could not be written, a line each: the run itself is over by then, and its other views are fine
 */
function writeReportFiles(report, asked, { directory, within, path, }) {
    const picture = screenshotOf(report);
    const pictureFile = asked.reportFile === '' ? '' : `${asked.reportFile.replace(/\.json$/, '')}.png`;
    const files = [
        ...(picture ? [{ input: 'report-file', file: pictureFile, render: () => picture }] : []),
        {
            input: 'report-file',
            file: asked.reportFile,
            render: () => renderJson(withFileName(report, (0,node_path__WEBPACK_IMPORTED_MODULE_0__.basename)(pictureFile))),
        },
        { input: 'sarif-file', file: asked.sarifFile, render: () => (0,_sarif_js__WEBPACK_IMPORTED_MODULE_4__/* .renderSarif */ .W)(report, (0,_rules_catalogue_js__WEBPACK_IMPORTED_MODULE_1__/* .allRules */ .V7)(), path) },
    ];
    return files.flatMap(({ input, file, render }) => {
        if (file === '')
            return [];
        try {
            const absolute = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(directory, file);
            (0,_lib_files_js__WEBPACK_IMPORTED_MODULE_2__/* .writeFileWithin */ .PZ)(within(absolute), absolute, render());
            return [];
        }
        catch (error) {
            return [`${input}: ${file} cannot be written (${(0,_lib_files_js__WEBPACK_IMPORTED_MODULE_2__/* .errorCode */ .CA)(error)})`];
        }
    });
}
/** The whole report as JSON, as the report file has it. */
function renderJson(report) {
    return `${JSON.stringify(report, cutText, 2)}\n`;
}
/** A name or a message may be as long as the file that it stands in. */
const MAX_JSON_TEXT = 10_000;
function cutText(_key, value) {
    return typeof value === 'string' ? (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_3__/* .shortened */ .vI)(value, MAX_JSON_TEXT) : value;
}
/** The picture of the page, where there is one. */
function screenshotOf({ browser }) {
    return browser && 'screenshot' in browser && browser.screenshot !== undefined
        ? Buffer.from(browser.screenshot, 'base64')
        : undefined;
}
/** The report with the name of the picture's file in the place of the picture. */
function withFileName(report, screenshot) {
    return screenshotOf(report) && report.browser
        ? { ...report, browser: { ...report.browser, screenshot } }
        : report;
}


/***/ }),

/***/ 5731:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   QB: () => (/* binding */ ruleUrl),
/* harmony export */   WJ: () => (/* binding */ rulesFile),
/* harmony export */   g3: () => (/* binding */ LOCAL_RULES),
/* harmony export */   tC: () => (/* binding */ rulesUrlFrom)
/* harmony export */ });
/* unused harmony export filesUrlOf */
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6760);
/* harmony import */ var node_url__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3136);
/* harmony import */ var _lib_checkout_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(4519);
/* harmony import */ var _lib_git_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(9779);




/** The address of docs/rules.md when the origin of this action is unknown: in the action's own repository. */
const LOCAL_RULES = 'docs/rules.md';
/** Returns the address of docs/rules.md on this machine, for a terminal to open: next to `dist/`, which holds `bundle`. */
function rulesFile(bundle) {
    return (0,node_url__WEBPACK_IMPORTED_MODULE_1__.pathToFileURL)((0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)((0,node_path__WEBPACK_IMPORTED_MODULE_0__.dirname)(bundle), '..', '..', LOCAL_RULES)).href;
}
/** Where a reader finds docs/rules.md of the version that runs, from the environment that a runner sets. */
function rulesUrlFrom(env) {
    const repository = env['GITHUB_ACTION_REPOSITORY'];
    const ref = env['GITHUB_ACTION_REF'];
    if (!repository || !ref)
        return LOCAL_RULES;
    return `${env['GITHUB_SERVER_URL'] ?? 'https://github.com'}/${repository}/blob/${ref}/${LOCAL_RULES}`;
}
/**
 * Returns where the files below `root` can be read on GitHub, in the checked-out commit; `undefined` where another commit
 * than the event's is checked out, which may be another repository's.
 */
function filesUrlOf({ repositoryUrl, sha }, root) {
    const top = findRepository(root)?.top;
    if (top === undefined || repositoryUrl === '' || sha === '' || readCheckedOut(root).commits[0] !== sha)
        return undefined;
    const place = relative(top, root)
        .split(sep)
        .filter((part) => part !== '');
    return [repositoryUrl, 'blob', sha, ...place.map(encodeURIComponent)].join('/');
}
/** The address of one rule's part of that page. */
function ruleUrl(rulesUrl, rule) {
    return `${rulesUrl}#${ruleAnchor(rule)}`;
}
/** The anchor that GitHub gives a heading which is the rule's id: the slash goes, hyphens stay. */
function ruleAnchor(rule) {
    return rule.replaceAll('/', '');
}


/***/ }),

/***/ 4873:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   FV: () => (/* binding */ escapeMarkdown),
/* harmony export */   aY: () => (/* binding */ code),
/* harmony export */   tp: () => (/* binding */ table)
/* harmony export */ });
/* unused harmony export fenced */
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2184);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1803);



/**
 * Text from a repository inside Markdown: every character that Markdown or HTML gives a meaning becomes an entity,
 * and line breaks become spaces, so that it can't leave its table cell or style the page. What GitHub makes links of
 * by itself (addresses, mentions, numbers of issues) or pictures (`:smile:`) is cut by a tag of no content: an entity
 * would not keep it from that. No picture has a name as long as a digest. What stands between backticks is code.
 */
function escapeMarkdown(text) {
    return text
        .split(/`([^`]{1,200})`/)
        .map((part, index) => index % 2 === 1
        ? code(part)
        : withoutLinks(part).replace(/:(?=[\w+-]{1,40}:)|\bGH-(?=\d)/gi, '$&<span></span>'))
        .join('');
}
function withoutLinks(text) {
    return (0,_text_js__WEBPACK_IMPORTED_MODULE_1__/* .visible */ .R)(text)
        .replace(/\s+/g, ' ')
        .replace(/[&<>|*_[\]`\\~@#$]/g, (character) => `&#${character.charCodeAt(0)};`)
        .replace(/&#64;(?=\w)|&#35;(?=\d)|:(?=\/\/)|\bwww(?=\.)/gi, '$&<span></span>');
}
/** The same in the font of code, where GitHub makes nothing of colons. */
function code(text) {
    return `<code>${withoutLinks(text)}</code>`;
}
/** A table; cells are Markdown already. Empty when there are no rows. */
function table(head, rows) {
    if (rows.length === 0)
        return [];
    const line = (cells) => `| ${cells.join(' | ')} |`;
    return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}
/** Lines of a log, as they are but for their length: the fence is longer than any in them. */
function fenced(lines) {
    const shown = lines.map((line) => shortened(line, MAX_TEXT));
    const runs = shown.flatMap((line) => (line.match(/`+/g) ?? []).map((run) => run.length));
    const longest = largest(runs, 2);
    const fence = '`'.repeat(longest + 1);
    return [`${fence}text`, ...shown, fence];
}


/***/ }),

/***/ 6128:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ reportPrivilege),
/* harmony export */   T: () => (/* binding */ reportPrivilegeChanges)
/* harmony export */ });
/** Without its place, whose file would take its whole text along. */
function reportPrivilege(privilege) {
    const reported = { ...privilege };
    delete reported.at;
    return reported;
}
function reportPrivilegeChanges(changes) {
    if ('unknown' in changes)
        return changes;
    return {
        base: changes.base,
        plugins: changes.plugins.map((change) => ({
            ...change,
            gained: change.gained.map(reportPrivilege),
            lost: change.lost.map(reportPrivilege),
        })),
    };
}


/***/ }),

/***/ 1045:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ withPart)
/* harmony export */ });
/** Returns the report with one part more: notes, times and what was not looked at are added, everything else takes the place of what was there. */
function withPart(report, part) {
    const { notes = [], notLookedAt = [], timings = {} } = part;
    const times = { ...report.timings };
    for (const [name, milliseconds] of Object.entries(timings))
        times[name] = (times[name] ?? 0) + milliseconds;
    return {
        ...report,
        ...part,
        notes: [...report.notes, ...notes],
        notLookedAt: [...report.notLookedAt, ...notLookedAt],
        timings: times,
    };
}


/***/ }),

/***/ 7154:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  _O: () => (/* binding */ emptyReport),
  PS: () => (/* binding */ hasFailingFindings),
  Ix: () => (/* binding */ isFailed),
  eD: () => (/* binding */ isOld),
  $h: () => (/* binding */ notLookedAt),
  wr: () => (/* binding */ reportChanges),
  LH: () => (/* binding */ reportFindings),
  w_: () => (/* binding */ reportFixes),
  h_: () => (/* binding */ reportPlugins),
  gQ: () => (/* binding */ sortChanges),
  Vj: () => (/* binding */ verdictOf)
});

// UNUSED EXPORTS: countOf, headline

// EXTERNAL MODULE: ./.build/src/rules/run.js
var run = __nccwpck_require__(8178);
// EXTERNAL MODULE: ./.build/src/lib/wording.js
var wording = __nccwpck_require__(1067);
// EXTERNAL MODULE: ./.build/src/formats/json.js
var json = __nccwpck_require__(6916);
// EXTERNAL MODULE: ./.build/src/report/links.js
var links = __nccwpck_require__(5731);
// EXTERNAL MODULE: ./.build/src/privileges/privileges.js + 1 modules
var privileges = __nccwpck_require__(3988);
// EXTERNAL MODULE: ./.build/src/report/privileges.js
var report_privileges = __nccwpck_require__(6128);
// EXTERNAL MODULE: ./.build/src/source/source-facts.js
var source_facts = __nccwpck_require__(3830);
// EXTERNAL MODULE: ./.build/src/lib/text.js
var lib_text = __nccwpck_require__(2184);
;// CONCATENATED MODULE: ./.build/src/report/surface.js


/** The surface of a plugin as the report shows it; `undefined` for one without server code. */
function reportSurface(plugin) {
    if (plugin.kind === 'frontend')
        return undefined;
    const services = plugin.services.filter(({ loadedIn }) => loadedIn === 'production');
    return {
        services: services
            .map((service) => reportService(plugin, service))
            .sort((a, b) => (0,lib_text/* compare */.UD)(a.name, b.name) || (0,lib_text/* compare */.UD)(a.file, b.file)),
        environment: (0,source_facts/* environmentOf */.p7)(plugin),
    };
}
function reportService(plugin, service) {
    const { surface } = service;
    return {
        name: service.serviceName?.value ?? 'unknown',
        file: service.path,
        actions: surface.actions
            .map((action) => ({
            ...reportRegistration(action),
            visibility: action.visibility,
            disableSocket: action.disableSocket,
        }))
            .sort(byName),
        openRoutes: surface.openRoutes.map(reportRegistration).sort(byName),
        collections: surface.collections
            .map((each) => ({
            name: (0,source_facts/* collectionName */.a1)(plugin, service, each)?.value ?? 'unknown',
            conditional: each.conditional,
        }))
            .sort(byName),
        events: surface.events.map(reportRegistration).sort(byName),
        hooks: surface.hooks
            .map((hook) => ({ ...reportRegistration(hook), callback: hook.callback }))
            .sort((a, b) => byName(a, b) || (0,lib_text/* compare */.UD)(a.callback, b.callback)),
        calls: namesOf(surface.calls),
        emits: namesOf(surface.emits),
        environment: surface.environment,
        rawHtml: surface.rawHtml.length > 0,
        unknown: surface.unknown,
    };
}
function reportRegistration({ name, conditional }) {
    return { name, conditional };
}
function namesOf(mentions) {
    return [...new Set(mentions.map(({ name }) => name))].sort(lib_text/* compare */.UD);
}
function byName(a, b) {
    return (0,lib_text/* compare */.UD)(a.name, b.name) || Number(a.conditional) - Number(b.conditional);
}

;// CONCATENATED MODULE: ./.build/src/report/report.js








/** A report with nothing in it yet. */
function emptyReport(mode) {
    return {
        version: 1,
        mode,
        notes: [],
        notLookedAt: [],
        rulesUrl: links/* LOCAL_RULES */.g3,
        timings: {},
        plugins: [],
        findings: [],
        accepted: [],
        changes: [],
        applied: false,
        services: [],
        compose: [],
    };
}
/**
 * The plugins as the report shows them.
 * @param contacts the hosts that each was seen to contact, where that was looked at
 */
function reportPlugins(desired, contacts = []) {
    return desired.plugins.map(({ plugin, offer, wanted }) => {
        const version = (0,json/* stringAt */.bX)(plugin.web?.manifest?.value, 'version');
        const surface = reportSurface(plugin);
        return {
            name: plugin.name,
            kind: plugin.kind,
            offer,
            directory: plugin.directory,
            ...(version !== undefined && { version: (0,lib_text/* shortened */.vI)(version, MAX_NAME) }),
            services: plugin.services
                .filter(({ loadedIn }) => loadedIn === 'production')
                .map((service) => service.serviceName?.value ?? 'unknown')
                .sort(lib_text/* compare */.UD),
            ...(surface && { surface }),
            privileges: [
                ...(0,privileges/* privilegesOf */.yK)([plugin], wanted.builtin !== 'no').map(report_privileges/* reportPrivilege */.C),
                ...contacts
                    .filter(({ name }) => name === plugin.name)
                    .flatMap(({ hosts }) => hosts.map((name) => ({ kind: 'host', name, conditional: false }))),
            ].sort(privileges/* byKind */.Sb),
        };
    });
}
/** Sorts changes by file; those of one file stay in the order in which they are done. */
function sortChanges(changes) {
    return [...changes].sort((a, b) => (0,lib_text/* compare */.UD)(a.file, b.file));
}
/** The changes as the report shows them: a line for each file. */
function reportChanges(plan, { declarations }) {
    return plan.edits.map(({ file }) => {
        const changes = plan.changes.filter(({ position }) => position.file === file);
        const why = changes.map(({ plugin }) => declarations.plugins.has(plugin) ? `declared in ${declarations.file}` : 'undeclared: offer');
        return {
            file,
            summary: changes.map(describeChange).join(', '),
            why: [...new Set(why)].join(', '),
        };
    });
}
function describeChange({ action, plugin, from }) {
    if (action === 'rename')
        return `rename ${from} to ${plugin}`;
    return `${action} ${from ?? plugin}`;
}
/** What fixing changes, as the report shows it: a line for each file. */
function reportFixes(plan) {
    return plan.edits.map(({ file }) => {
        const mended = plan.mended.filter((problem) => problem.file === file || (problem.fix && 'rename' in problem.fix && problem.fix.rename === file));
        return {
            file,
            summary: mended.map(({ rule, plugin }) => `fix ${rule}${plugin ? ` of ${plugin}` : ''}`).join(', '),
            why: 'fix: true',
        };
    });
}
/** More than a person reads, and few enough for every view of them. */
const MAX_FINDINGS = 10_000;
/** Longer than any message of ours with the names in it. */
const MAX_MESSAGE = 2000;
/**
 * The findings as the report shows them, sorted by place; the same problem never appears twice. Of more than 10,000 the
 * least severe are left out, and the last one says how many.
 */
function reportFindings(findings) {
    const unique = new Map(findings.map((finding) => [
        JSON.stringify([finding.rule, finding.file, finding.line, finding.column, finding.message]),
        finding,
    ]));
    return mostSevere([...unique.values()])
        .sort(run/* byPlace */.hz)
        .map(({ rule, severity, plugin, file, line, column, message, fixable, new: isNew }) => ({
        rule,
        severity,
        ...(plugin !== undefined && { plugin: (0,lib_text/* shortened */.vI)(plugin, MAX_NAME) }),
        file,
        ...(line !== undefined && { line }),
        ...(column !== undefined && { column }),
        message: (0,lib_text/* shortened */.vI)(message, MAX_MESSAGE),
        fixable,
        ...(isNew !== undefined && { new: isNew }),
    }));
}
/** Longer than a file's name can be. */
const MAX_NAME = 300;
function mostSevere(findings) {
    const left = findings.length - MAX_FINDINGS;
    if (left <= 0)
        return findings;
    const order = { error: 0, warning: 1, notice: 2 };
    const kept = [...findings].sort((a, b) => order[a.severity] - order[b.severity]).slice(0, MAX_FINDINGS);
    const message = `${left} more findings are left out here: mend these first`;
    const severity = kept[0]?.severity ?? 'error';
    return [...kept, { rule: 'plugin/unreadable', severity, file: '.', message, fixable: false }];
}
/** How many findings there are of a severity. */
function countOf({ findings }, severity) {
    return findings.filter((finding) => finding.severity === severity).length;
}
/** Tells whether a finding was there before the change; what was not compared counts as new. */
function isOld(finding) {
    return finding.new === false;
}
/** Whether findings are severe enough to stop at. */
function hasFailingFindings(all, { failOn, findings }) {
    if (failOn === 'never')
        return false;
    return all.some((finding) => (finding.severity === 'error' || finding.severity === failOn) &&
        !(findings === 'new' && isOld(finding)));
}
/** Tells whether the step fails. A failed stage always fails it, even with `fail-on: never`. */
function isFailed(report, gate) {
    return report.failure !== undefined || hasFailingFindings(report.findings, gate);
}
/** What was not checked, as one line; none where everything was. */
function notLookedAt(report) {
    return report.notLookedAt.length === 0 ? [] : [`not looked at: ${(0,wording/* listed */.KE)(report.notLookedAt, 20)}`];
}
/** One line that says how the run ended. */
function headline(report) {
    if (report.failure)
        return `${report.mode} failed in stage ${report.failure.stage}: ${report.failure.message}`;
    const fresh = { findings: report.findings.filter((finding) => !isOld(finding)) };
    const old = report.findings.length - fresh.findings.length;
    const counted = ['error', 'warning', 'notice']
        .map((severity) => (0,wording/* plural */.LS)(countOf(fresh, severity), severity))
        .join(', ');
    const counts = report.base === undefined ? counted : `new: ${counted}; there before: ${(0,wording/* plural */.LS)(old, 'finding')}`;
    const parts = report.mode === 'rollback'
        ? [`${(0,wording/* plural */.LS)(report.image?.tags.length ?? 0, 'tag')} moved`]
        : report.mode === 'status'
            ? [counts]
            : [(0,wording/* plural */.LS)(report.plugins.length, 'plugin'), counts];
    if (report.hosted)
        parts.push(`${report.hosted.served.length} of ${(0,wording/* plural */.LS)(report.hosted.served.length + report.hosted.stale.length, 'file')} on other hosts served`);
    if (report.image || report.live) {
        const expected = report.services.filter((service) => service.expected);
        const loaded = expected.filter((service) => service.loaded === true);
        if (expected.some((service) => service.loaded !== null))
            parts.push(`${loaded.length} of ${(0,wording/* plural */.LS)(expected.length, 'service')} ${report.live ? 'listed' : 'proven'}`);
    }
    return parts.join('; ');
}
/** The headline, and what of it decides whether the step fails. */
function verdictOf(report, { failOn, findings }) {
    const decides = !report.failure && countOf(report, 'error') + countOf(report, 'warning') > 0;
    return (headline(report) + (decides ? ` (fail-on: ${failOn}${findings === 'new' ? ', findings: new' : ''})` : ''));
}


/***/ }),

/***/ 8255:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ renderSarif)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6760);
/* harmony import */ var _links_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(5731);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1803);



const LEVELS = { error: 'error', warning: 'warning', notice: 'note' };
/**
 * The findings as SARIF 2.1.0, as GitHub's code scanning reads it, with what is known about each rule.
 * @param path where the repository stands in the workspace
 */
function renderSarif(report, rules, path) {
    const log = {
        $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
        version: '2.1.0',
        runs: [
            {
                tool: {
                    driver: {
                        name: 'Tailchat Plugin Deploy',
                        rules: rules.map((rule) => describeRule(rule, report)),
                    },
                },
                columnKind: 'utf16CodeUnits',
                results: report.findings.map((finding) => describeFinding(finding, rules, path)),
            },
        ],
    };
    return `${JSON.stringify(log, null, 2)}\n`;
}
function describeRule(rule, report) {
    const helpUri = (0,_links_js__WEBPACK_IMPORTED_MODULE_1__/* .ruleUrl */ .QB)(report.rulesUrl, rule.id);
    return {
        id: rule.id,
        name: rule.id.replace(/(?:^|[/-])([a-z])/g, (_, letter) => letter.toUpperCase()),
        shortDescription: { text: rule.title },
        fullDescription: { text: rule.why },
        help: { text: rule.mend, markdown: `${rule.why}\n\n${rule.mend}` },
        // A relative link means nothing to a reader of the file.
        ...(/^https:/.test(helpUri) && { helpUri }),
        defaultConfiguration: { level: LEVELS[rule.severity] },
        properties: { tags: ['tailchat', rule.id.slice(0, rule.id.indexOf('/'))] },
    };
}
function describeFinding(finding, rules, path) {
    const { line, column } = finding;
    return {
        ruleId: finding.rule,
        ruleIndex: rules.findIndex(({ id }) => id === finding.rule),
        level: LEVELS[finding.severity],
        message: { text: (0,_text_js__WEBPACK_IMPORTED_MODULE_2__/* .visible */ .R)(finding.message) },
        ...(finding.new !== undefined && { baselineState: finding.new ? 'new' : 'unchanged' }),
        locations: [
            {
                physicalLocation: {
                    artifactLocation: { uri: uriOf(node_path__WEBPACK_IMPORTED_MODULE_0__.posix.join(path, finding.file)), uriBaseId: '%SRCROOT%' },
                    // Code scanning shows a result without a region on no line at all: the first stands for the file.
                    region: { startLine: line ?? 1, ...(column !== undefined && { startColumn: column }) },
                },
            },
        ],
        ...(finding.plugin !== undefined && { properties: { plugin: finding.plugin } }),
    };
}
/** A relative path as a URI: every segment encoded. */
function uriOf(path) {
    return path.split('/').map(encodeURIComponent).join('/');
}


/***/ }),

/***/ 8655:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  cf: () => (/* binding */ durationOf),
  wQ: () => (/* binding */ renderComment)
});

// UNUSED EXPORTS: placeOf, renderSummary

// EXTERNAL MODULE: ./.build/src/report/markdown.js
var markdown = __nccwpck_require__(4873);
// EXTERNAL MODULE: ./.build/src/lib/text.js
var lib_text = __nccwpck_require__(2184);
;// CONCATENATED MODULE: ./.build/src/report/pictures.js

/** Of more, a picture shows nothing. */
const MAX_SERVICES = 60;
const MAX_LABEL = 80;
/** The steps that fill a run's time, in their order. A stage that is made of others is not one of them. */
const STEPS = (/* unused pure expression or super */ null && ([
    ['check', ['workspace', 'declarations', 'rules', 'sync', 'fix', 'lockfile', 'privileges', 'base', 'apply']],
    ['publish', ['publish']],
    ['image', ['strategy', 'prepare', 'image', 'pull']],
    ['proof', ['proof', 'browser', 'boot']],
    ['end', ['tags', 'status']],
]));
/** A run that is over sooner needs no picture of its time, in milliseconds. */
const WORTH_A_LOOK = 5000;
/** Returns the stages as a Mermaid gantt chart; nothing for a short run. */
function pictures_stageTimes({ timings }) {
    let start = 0;
    const sections = STEPS.map(([section, names]) => {
        const bars = names.flatMap((name) => {
            const milliseconds = timings[name] ?? 0;
            if (milliseconds < 1)
                return [];
            const end = start + milliseconds;
            const bar = `  ${name} ${(milliseconds / 1000).toFixed(1)} s : ${start}, ${end}`;
            start = end;
            return bar;
        });
        return bars.length === 0 ? [] : [`  section ${section}`, ...bars];
    });
    if (start < WORTH_A_LOOK)
        return [];
    return ['gantt', '  dateFormat x', '  axisFormat %M:%S', ...sections.flat()];
}
/**
 * Returns how requests reach the services as a Mermaid flowchart: client, gateway, services by the container that loads
 * them. What the change adds is dashed, what needs no login is red. Nothing where there is no service.
 */
function pictures_requestGraph({ plugins, compose, privileges }) {
    const withServices = plugins.filter(({ services }) => services.length > 0);
    const count = withServices.reduce((sum, { services }) => sum + services.length, 0);
    if (count === 0 || count > MAX_SERVICES)
        return [];
    const changes = privileges && 'plugins' in privileges ? privileges.plugins : [];
    const changeOf = (name) => changes.find(({ plugin }) => plugin === name);
    const loading = compose.filter(({ loadsPlugins }) => loadsPlugins === true);
    const nodes = loading.length === 0
        ? [{ label: 'server', names: withServices.map(({ name }) => name) }]
        : loading.map(({ service, file, plugins: names }) => ({ label: `${service} (${file})`, names }));
    const edges = [{ from: 'client', to: 'gateway', isOpen: false, isNew: false }];
    const added = [];
    const boxes = nodes.flatMap(({ label, names }, at) => {
        const inside = withServices
            .filter(({ name }) => names.includes(name))
            .flatMap(({ name, services, privileges: all }, plugin) => {
            const change = changeOf(name);
            const isNew = change?.state === 'new';
            return services.map((service, index) => {
                const id = `s${at}x${plugin}x${index}`;
                if (isNew)
                    added.push(id);
                edges.push({ from: 'gateway', to: id, isOpen: false, isNew });
                if (index === 0)
                    for (const { kind, name: route } of all.filter((each) => each.kind === 'open-route'))
                        edges.push({
                            from: 'client',
                            to: id,
                            label: `without login: ${route}`,
                            isOpen: true,
                            isNew: isNew || (change?.gained ?? []).some((each) => each.kind === kind && each.name === route),
                        });
                return `    ${id}[${quoted(service)}]`;
            });
        });
        return inside.length === 0 ? [] : [`  subgraph n${at}[${quoted(label)}]`, ...inside, '  end'];
    });
    const open = edges.flatMap(({ isOpen }, index) => (isOpen ? [index] : []));
    return [
        'flowchart LR',
        '  client([client])',
        '  gateway[gateway]',
        ...boxes,
        ...edges.map(({ from, to, label, isNew }) => `  ${from} ${isNew ? '-.->' : '-->'}${label === undefined ? '' : `|${quoted(label)}|`} ${to}`),
        ...(open.length > 0 ? [`  linkStyle ${open.join(',')} stroke:#cf222e,color:#cf222e`] : []),
        ...(added.length > 0
            ? ['  classDef added stroke-dasharray: 5 5', `  class ${added.join(',')} added`]
            : []),
    ];
}
/** A label in which Mermaid, Markdown and HTML find nothing: all but plain characters are written by their numbers. */
function quoted(text) {
    const plain = [...shortened(text, MAX_LABEL)].map((character) => /[\w.:/ ()-]/.test(character) ? character : `#${character.codePointAt(0)};`);
    return `"${plain.join('')}"`;
}

// EXTERNAL MODULE: ./.build/src/report/links.js
var links = __nccwpck_require__(5731);
// EXTERNAL MODULE: ./.build/src/lib/wording.js
var wording = __nccwpck_require__(1067);
// EXTERNAL MODULE: ./.build/src/proof/compare.js + 2 modules
var compare = __nccwpck_require__(7998);
// EXTERNAL MODULE: ./.build/src/report/report.js + 1 modules
var report_report = __nccwpck_require__(7154);
// EXTERNAL MODULE: ./.build/src/privileges/difference.js
var difference = __nccwpck_require__(3601);
;// CONCATENATED MODULE: ./.build/src/report/privileges-markdown.js



/** Enough for a review; the report file has everything. Together they keep a table far below what GitHub shows. */
const MAX_ROWS = 100;
const MAX_NAMES = 20;
const MAX_LENGTH = 80;
/** What stands before the names of each kind. */
const WORDS = {
    browser: 'runs in the browser of',
    host: 'contacts when it is loaded:',
    'open-route': 'open without login:',
    'foreign-route': 'opens routes that are not its own:',
    action: 'users can call',
    'raw-html': 'answers with pages of its own',
    identity: 'acts as',
    call: 'calls',
    hook: 'is called after',
    event: 'gets events',
    environment: 'reads',
    unknown: 'not all is known:',
};
/** Kinds that are always marked. */
const ALWAYS_MARKED = new Set([
    'open-route',
    'foreign-route',
    'raw-html',
    'identity',
]);
/**
 * What a pull request changes in what plugins may do, as a section of Markdown. Empty outside of a pull request; where
 * nothing changed or nothing is known, it says so.
 */
function privileges_markdown_privilegeChangesSection(changes) {
    if (!changes)
        return [];
    const head = ['### What plugins may do: changed by this pull request', ''];
    if ('unknown' in changes)
        return [...head, `⚠️ Not known: it could not be compared: ${(0,markdown/* escapeMarkdown */.FV)(changes.unknown)}.`];
    const { base, plugins } = changes;
    const compared = `compared with ${(0,markdown/* code */.aY)(base.slice(0, 12))}`;
    if (plugins.length === 0)
        return [...head, `No privilege changes, ${compared}.`];
    const rows = plugins.map(({ plugin, state, gained, lost, unknown }) => [
        (0,markdown/* code */.aY)(cut(plugin)) + (state === 'changed' ? '' : `<br>**${state} plugin**`),
        phrases(plugin, [...gained, ...unknown.map(asUnknown)], true).join('<br>') || 'nothing',
        state === 'removed' ? 'all it had' : phrases(plugin, lost, false).join('<br>') || 'nothing',
    ]);
    return [
        ...head,
        `⚠️ marks what lets others in, or reaches what is not the plugin's own; ${compared}.`,
        '',
        ...cutRows(['Plugin', 'Gains', 'Loses'], rows),
    ];
}
/** What each plugin may do, folded behind what all of them may do together. */
function privileges_markdown_pluginPrivilegesSection(plugins) {
    const everywhere = plugins.filter(({ privileges }) => privileges.some(runsForEveryone));
    const rows = plugins.flatMap(({ name, privileges }) => {
        const shown = privileges.filter(({ kind, reach }) => kind !== 'browser' && reach !== 'services');
        if (shown.length === 0)
            return [];
        const rest = shown.filter((privilege) => !isMarked(privilege));
        return [
            [
                code(cut(name)),
                phrases(name, shown.filter(isMarked), false).join('<br>'),
                phrases(name, rest, false).join('<br>'),
            ],
        ];
    });
    if (rows.length === 0 && everywhere.length === 0)
        return [];
    return [
        `<details><summary>What plugins may do: ${totals(plugins)}</summary>`,
        '',
        ...cutRows(['Plugin', '⚠️ Look at', 'Also'], rows),
        '',
        'Actions and routes are shown below the name of their plugin. A question mark stands behind what a plugin has under a condition only.',
        ...(everywhere.length > 0
            ? ['', ['Run for everyone:', ...few(everywhere.map(({ name }) => code(cut(name))))].join(' ')]
            : []),
        '',
        '</details>',
    ];
}
function totals(plugins) {
    const having = (matches) => plugins.filter(({ privileges }) => privileges.some(matches)).length;
    const routes = plugins.flatMap(({ privileges }) => privileges).filter(({ kind }) => isRoute(kind)).length;
    return [
        `${plural(routes, 'route')} open without login`,
        `${plural(having(isSensitive), 'plugin')} with sensitive access`,
        `${having(runsForEveryone)} run for everyone`,
        `${having((privilege) => whatIsUnknown(privilege).length > 0)} not fully known`,
    ].join(', ');
}
function runsForEveryone({ kind, sensitive }) {
    return kind === 'browser' && sensitive !== undefined;
}
function isSensitive({ kind, sensitive }) {
    return kind !== 'browser' && sensitive !== undefined;
}
function isRoute(kind) {
    return kind === 'open-route' || kind === 'foreign-route';
}
function isMarked({ kind, sensitive }) {
    return sensitive !== undefined || ALWAYS_MARKED.has(kind);
}
function asUnknown(name) {
    return { kind: 'unknown', name, conditional: false };
}
/** One phrase for what is alike, such as all events; they come in the order of their kinds. */
function phrases(plugin, privileges, withMark) {
    const groups = new Map();
    for (const privilege of privileges) {
        const mark = withMark && (isMarked(privilege) || privilege.before !== undefined);
        const start = `${mark ? '⚠️ ' : ''}${beginning(privilege)}`;
        const names = groups.get(start) ?? [];
        groups.set(start, names);
        names.push(nameOf(plugin, privilege));
    }
    return [...groups].map(([start, names]) => [start, ...few(names)].join(' ').trim());
}
function beginning({ kind, sensitive, reach, before, after }) {
    if (after === 'http')
        return 'sockets can call';
    if (before === 'services')
        return `users can call${reach === 'http' ? ' over HTTP' : ''} what was for services only:`;
    if (before !== undefined)
        return 'sockets can call what was open to HTTP only:';
    if (kind === 'identity')
        return (0,markdown/* escapeMarkdown */.FV)(sensitive ?? WORDS.identity);
    if (sensitive !== undefined && kind !== 'browser')
        return `${(0,markdown/* escapeMarkdown */.FV)(sensitive)}:`;
    return kind === 'action' && reach === 'http' ? 'users can call over HTTP only' : WORDS[kind];
}
/** A name as its row needs it, with a mark when it is had under a condition only. */
function nameOf(plugin, { kind, name, conditional }) {
    if (kind === 'raw-html' || kind === 'identity')
        return '';
    if (kind === 'browser' || kind === 'unknown')
        return (0,markdown/* escapeMarkdown */.FV)(cut(name));
    return (0,markdown/* code */.aY)(cut(withoutPlugin(plugin, kind, name))) + (conditional ? '?' : '');
}
/** `list` for the action `plugin:NAME.list`, and `/hook` for the route `/plugin:NAME/hook`. */
function withoutPlugin(plugin, kind, name) {
    const own = kind === 'action' ? `plugin:${plugin}.` : `/plugin:${plugin}/`;
    if ((kind === 'action' || kind === 'open-route') && name.startsWith(own))
        return name.slice(kind === 'action' ? own.length : own.length - 1);
    return isRoute(kind) ? `/api${name}` : name;
}
function few(names) {
    const left = names.length - MAX_NAMES;
    return [...names.slice(0, MAX_NAMES), ...(left > 0 ? [`and ${left} more`] : [])];
}
function cutRows(head, rows) {
    const left = rows.length - MAX_ROWS;
    return [
        ...(0,markdown/* table */.tp)(head, rows.slice(0, MAX_ROWS)),
        ...(left > 0 ? ['', `… and ${left} more; the report file has them all`] : []),
    ];
}
function cut(name) {
    return name.length > MAX_LENGTH ? `${name.slice(0, MAX_LENGTH - 1)}…` : name;
}

// EXTERNAL MODULE: ./.build/src/tailchat/service-loader.js
var service_loader = __nccwpck_require__(7767);
;// CONCATENATED MODULE: ./.build/src/report/summary.js








/** GitHub takes 1 MiB. */
const MAX_BYTES = 900_000;
/** GitHub takes 65,536 characters; a mark to find the comment by comes on top. */
const MAX_COMMENT_BYTES = 60_000;
/** Past this many rows a table is cut, and says so. */
const summary_MAX_ROWS = 500;
const MAX_COMMENT_ROWS = 50;
const SEVERITY_MARK = { error: '❌ error', warning: '⚠️ warning', notice: 'ℹ️ notice' };
/** The job summary in Markdown. What the change brings comes first. */
function renderSummary(report, gate) {
    return renderSections([
        ...headSections(report, gate),
        failureSection(report),
        findingsSection(report),
        privilegeChangesSection(report.privileges),
        acceptedSection(report),
        changesSection(report),
        imageSection(report),
        servicesSection(report),
        browserSection(report),
        bootSection(report),
        nodeSection(report),
        liveSection(report),
        hostedSection(report),
        bundlesSection(report),
        composeSection(report),
        pluginsSection(report),
        pluginPrivilegesSection(report.plugins),
        picture('How requests reach the plugins', requestGraph(report)),
        picture('How long the stages took', stageTimes(report)),
    ], MAX_BYTES);
}
/** The comment on a pull request: what its author has to know, without what can be looked up in the job summary. */
function renderComment(report, gate) {
    return renderSections([
        ...headSections(report, gate),
        findingsSection(report, MAX_COMMENT_ROWS),
        privileges_markdown_privilegeChangesSection(report.privileges),
        changesSection(report),
        imageSection(report),
        servicesSection(report, MAX_COMMENT_ROWS),
    ], MAX_COMMENT_BYTES);
}
/** A picture for who unfolds it; nothing where there is nothing to draw. */
function picture(title, lines) {
    return lines.length === 0 ? [] : folded(title, ['```mermaid', ...lines, '```']);
}
function headSections(report, gate) {
    return [
        [
            `## ${(0,report_report/* isFailed */.Ix)(report, gate) ? '❌' : '✅'} Tailchat plugins: ${report.mode}`,
            '',
            (0,markdown/* escapeMarkdown */.FV)((0,report_report/* verdictOf */.Vj)(report, gate)),
        ],
        [...report.notes, ...(0,report_report/* notLookedAt */.$h)(report)].map((note) => `- ${(0,markdown/* escapeMarkdown */.FV)(note)}`),
    ];
}
/** Of a text that is longer than GitHub takes, nothing would be shown: what is too much goes, whole lines of it. */
function renderSections(sections, maxBytes) {
    const text = sections
        .filter((lines) => lines.length > 0)
        .map((lines) => lines.join('\n'))
        .join('\n\n');
    const bytes = Buffer.from(text);
    if (bytes.length <= maxBytes)
        return `${text}\n`;
    const kept = bytes.subarray(0, bytes.lastIndexOf('\n', maxBytes)).toString();
    return `${kept}\n\n… and more than fits here: the report file has it all\n`;
}
function failureSection({ failure }) {
    if (!failure || failure.details.length === 0)
        return [];
    return [`### Last lines of ${escapeMarkdown(failure.stage)}`, '', ...fenced(failure.details)];
}
function findingsSection(report, maxRows = summary_MAX_ROWS) {
    const old = report.findings.filter(report_report/* isOld */.eD);
    const fresh = report.findings.filter((finding) => !(0,report_report/* isOld */.eD)(finding));
    return [
        ...(fresh.length === 0
            ? []
            : [
                report.base === undefined ? '### Findings' : '### New findings',
                '',
                ...findingList(fresh, report, maxRows),
            ]),
        ...(fresh.length > 0 && old.length > 0 ? [''] : []),
        ...(old.length === 0
            ? []
            : folded(`${(0,wording/* plural */.LS)(old.length, 'finding')} ${old.length === 1 ? 'was' : 'were'} there before`, findingList(old, report, maxRows))),
    ];
}
/** A list, since a table cuts what does not fit its width: the message first, then where it is and the rule. */
function findingList(findings, report, maxRows) {
    const order = { error: 0, warning: 1, notice: 2 };
    const sorted = [...findings].sort((a, b) => order[a.severity] - order[b.severity]);
    return cutList(sorted.map((finding) => `- ${SEVERITY_MARK[finding.severity]}: ${(0,markdown/* escapeMarkdown */.FV)(finding.message)}<br>${linkedPlace(finding, report)} · ${linkedRule(finding.rule, report.rulesUrl)}`), maxRows);
}
/** The place, short, as a link to the line where it is known which commit was checked. */
function linkedPlace(finding, { filesUrl }) {
    const shown = (0,markdown/* code */.aY)(shortPlace(placeOf(finding)));
    if (filesUrl === undefined || finding.file === '.')
        return shown;
    const path = finding.file.split('/').map(encodeURIComponent).join('/').replace(/[()]/g, escape);
    return `[${shown}](${filesUrl}/${path}${finding.line === undefined ? '' : `#L${finding.line}`})`;
}
/** Paths longer than this lose directories in their middle. */
const MAX_PLACE = 60;
/** Returns `server/…/services/main.service.ts:3:1` for a long path: its first directory and as much of its end as fits. */
function shortPlace(place) {
    const parts = place.split('/');
    if (place.length <= MAX_PLACE || parts.length < 4)
        return place;
    const [first = '', ...rest] = parts;
    while (rest.length > 2 && first.length + 3 + rest.join('/').length > MAX_PLACE)
        rest.shift();
    return `${first}/…/${rest.join('/')}`;
}
function folded(summary, lines) {
    return [`<details><summary>${summary}</summary>`, '', ...lines, '', '</details>'];
}
function acceptedSection({ accepted }) {
    if (accepted.length === 0)
        return [];
    return folded(plural(accepted.length, 'accepted finding'), cutList(accepted.map(({ rule, file, line, reason }) => `- ${escapeMarkdown(reason)}<br>${code(shortPlace(line === undefined ? file : `${file}:${line}`))} · ${code(rule)}`)));
}
/** A link where there is an address that a browser can follow. */
function linkedRule(rule, rulesUrl) {
    return /^https:/.test(rulesUrl) ? `[${(0,markdown/* code */.aY)(rule)}](${(0,links/* ruleUrl */.QB)(rulesUrl, rule)})` : (0,markdown/* code */.aY)(rule);
}
function changesSection({ changes, applied, commitSha, pullRequestUrl }) {
    if (changes.length === 0)
        return [];
    const published = [
        ...(commitSha === undefined ? [] : [`Commit: ${(0,markdown/* code */.aY)(commitSha)}`]),
        // An address, as GitHub gave it.
        ...(pullRequestUrl === undefined ? [] : [`Pull request: <${pullRequestUrl}>`]),
    ];
    return [
        `### Registration files ${applied ? 'changed' : 'to change'}`,
        '',
        ...changes.map(({ file, summary }) => `- ${(0,markdown/* code */.aY)(file)}: ${(0,markdown/* escapeMarkdown */.FV)(summary)}`),
        ...(published.length > 0 ? ['', published.join(' · ')] : []),
    ];
}
function imageSection({ image, live, strategy, timings }) {
    if (!image)
        return [];
    const facts = [
        ['Digest', (0,markdown/* code */.aY)(image.name === '' ? image.digest : `${image.name}@${image.digest}`)],
        ...(live
            ? []
            : [
                ['Tags', image.tags.length > 0 ? image.tags.map(markdown/* code */.aY).join(' ') : 'none moved'],
            ]),
    ];
    if (image.previousDigest)
        facts.push(['Before', beforeCell(image.previousDigest, image.previousDigests)]);
    if (image.platforms.length > 0)
        facts.push(['Platforms', (0,markdown/* escapeMarkdown */.FV)(image.platforms.join(', '))]);
    if (strategy)
        facts.push(['Strategy', strategy]);
    const times = [
        ['build', timings['image']],
        ['proof', timings['proof']],
        ['boot', timings['boot']],
    ].flatMap(([what, time]) => (typeof time === 'number' ? `${what} ${(time / 1000).toFixed(1)} s` : []));
    if (times.length > 0)
        facts.push(['Time', times.join(', ')]);
    return ['### Image', '', ...factList(facts)];
}
/** One digest where all tags pointed at the same; else that of each tag. */
function beforeCell(first, all = {}) {
    if (Object.values(all).every((digest) => digest === first))
        return (0,markdown/* code */.aY)(first);
    return Object.entries(all)
        .map(([reference, digest]) => `${(0,markdown/* code */.aY)(reference)} ${(0,markdown/* code */.aY)(digest)}`)
        .join(', ');
}
function servicesSection({ services, image, live }, maxRows = summary_MAX_ROWS) {
    if (services.length === 0 || (!image && !live && services.every(({ loaded }) => loaded === null)))
        return [];
    const expected = services.filter((service) => service.expected);
    const loaded = expected.filter((service) => service.loaded === true);
    const ofBase = services.filter(compare/* isOfBaseImage */.c_);
    const own = services.filter((service) => !(0,compare/* isOfBaseImage */.c_)(service));
    // A reason may be as long as a stack's frame, for which no column of a table is wide enough.
    const explained = own.filter(({ reason }) => reason !== undefined && reason !== '');
    const others = own.filter((service) => !explained.includes(service));
    return [
        `### Services: ${loaded.length} of ${expected.length} ${live ? 'listed by the live server' : 'loaded'}`,
        '',
        ...cutList(explained.map((service) => `- ${stateOf(service)}: ${(0,markdown/* code */.aY)(service.name)}<br>${(0,markdown/* escapeMarkdown */.FV)(service.reason ?? '')}`), maxRows),
        ...(explained.length > 0 ? [''] : []),
        ...cutTable(['Service', 'State', 'Actions', 'Time'], others.map((service) => [
            (0,markdown/* code */.aY)(service.name),
            stateOf(service),
            service.actions?.map(actionCell).join(' ') ?? '',
            service.milliseconds === undefined ? '' : `${service.milliseconds} ms`,
        ]), maxRows),
        ...(ofBase.length === 0
            ? []
            : [
                '',
                ...folded(`${(0,wording/* plural */.LS)(ofBase.length, 'service')} of the base image`, [
                    ofBase.map(({ name }) => (0,markdown/* code */.aY)(name)).join(' '),
                ]),
            ]),
    ];
}
function browserSection({ browser }) {
    if (!browser || 'reason' in browser)
        return [];
    const { chrome, milliseconds, plugins, otherHosts, hosts: changes, screenshot } = browser;
    const evaluated = plugins.filter((plugin) => plugin.evaluated);
    const rows = plugins.filter((plugin) => !plugin.evaluated || plugin.hosts.length > 0);
    return [
        `### Browser: ${evaluated.length} of ${plural(plugins.length, 'front end')} evaluated`,
        '',
        `In ${escapeMarkdown(chrome)}, ${(milliseconds / 1000).toFixed(1)} s, without a network.${screenshot === undefined ? '' : ' A picture of the page that shows nothing is next to the report file.'}`,
        ...(rows.length > 0 ? [''] : []),
        ...cutTable(['Plugin', 'State', 'Contacts', 'Why'], rows.map(({ name, evaluated: isFine, hosts, reason }) => [
            code(name),
            isFine ? '✅ evaluated' : '❌ fails',
            hosts.slice(0, 20).map(code).join(' '),
            escapeMarkdown(reason ?? ''),
        ])),
        ...(otherHosts.length > 0
            ? ['', `The client itself contacts ${otherHosts.slice(0, 20).map(code).join(' ')}`]
            : []),
        ...hostChanges(changes),
    ];
}
function hostChanges(changes) {
    if (!changes)
        return [];
    const compared = `compared with ${code(changes.comparedWith)}`;
    if (changes.plugins.length === 0)
        return ['', `No plugin contacts another host than before, ${compared}.`];
    const few = (hosts) => hosts.slice(0, 20).map(code).join(' ');
    return [
        '',
        `Hosts that are contacted when a plugin is loaded, ${compared}:`,
        '',
        ...cutTable(['Plugin', '⚠️ Gains', 'Loses'], changes.plugins.map(({ name, gained, lost }) => [code(name), few(gained), few(lost)])),
    ];
}
function bootSection({ boot }) {
    if (!boot)
        return [];
    const { stack, services, milliseconds, listed, before, available, bundles, containers } = boot;
    const facts = [
        ['Stack', stack === '' ? 'the one of this action' : code(stack)],
        ['With the image', services.map(code).join(' ')],
        ...(before
            ? [
                ['Listed before it joined', before.length === 0 ? 'nothing' : before.map(code).join(' ')],
            ]
            : []),
        ['Whole after', milliseconds === undefined ? '❌ never' : `${(milliseconds / 1000).toFixed(1)} s`],
        ['Listed by the gateway', listed.length === 0 ? 'nothing' : listed.map(code).join(' ')],
        available
            ? [
                'Answer /available through the gateway',
                `${available.answered.length} of ${available.answered.length + available.silent.length}`,
            ]
            : ['Bundles served', `${bundles.served.length} of ${bundles.served.length + bundles.notServed.length}`],
    ];
    return [
        '### Boot',
        '',
        ...factList(facts),
        ...containers.flatMap(({ service, state, log }) => [
            '',
            `Last lines of ${code(service)} (${escapeMarkdown(state)}):`,
            '',
            ...fenced(log),
        ]),
    ];
}
function nodeSection({ node }) {
    if (!node)
        return [];
    return [
        '### Plugin node',
        '',
        `Loads ${node.plugins.map(code).join(' ')} and nothing else. In ${code(node.composeFile)}, to be merged with Tailchat’s compose file:`,
        '',
        ...fenced(node.compose.trimEnd().split('\n')),
        '',
        `Or on Kubernetes, in ${code(node.kubernetesFile)}:`,
        '',
        ...fenced(node.kubernetes.trimEnd().split('\n')),
    ];
}
function liveSection({ live }) {
    if (!live)
        return [];
    const { url, reference, version, uptimeSeconds, gateway, listed, files, available } = live;
    const isOpen = ({ answer }) => answer === 200;
    const all = files.served.length + files.stale.length;
    const facts = [
        ['Address', code(url)],
        ['Compared with', reference === undefined ? 'nothing' : escapeMarkdown(reference)],
        ['Version', `${code(version ?? 'none')}${GATEWAY_MARK[gateway]}`],
        ...(uptimeSeconds === undefined ? [] : [['Up for', durationOf(uptimeSeconds)]]),
        ['Listed', listed.length === 0 ? 'nothing' : listed.slice(0, summary_MAX_ROWS).map(code).join(' ')],
        ...(all === 0
            ? []
            : [['Files as they should be', `${files.served.length} of ${all}`]]),
        ...(available.length === 0
            ? []
            : [
                ['Answer /available', `${available.filter(isOpen).length} of ${available.length}`],
            ]),
    ];
    return ['### Live server', '', ...factList(facts)];
}
function hostedSection({ hosted }) {
    if (!hosted)
        return [];
    const { publicUrl, served, stale } = hosted;
    const facts = [
        ...(publicUrl === '' ? [] : [['Static host', code(publicUrl)]]),
        ['Files as they should be', `${served.length} of ${served.length + stale.length}`],
    ];
    return ['### Other hosts', '', ...table(['', ''], facts)];
}
function bundlesSection({ bundles }) {
    if (!bundles)
        return [];
    return [
        '### Bundles for a static host',
        '',
        `In ${code(bundles.directory)}, to be served at ${code(bundles.publicUrl)}.`,
        '',
        ...cutTable(['Plugin', 'Version', 'Address', 'Manifest to paste', 'Files', 'Size'], bundles.plugins.map(({ name, version, url, manifest, files, bytes }) => [
            code(name),
            escapeMarkdown(version),
            code(url),
            code(manifest),
            String(files),
            `${Math.ceil(bytes / 1000)} kB`,
        ])),
    ];
}
const GATEWAY_MARK = { new: ' ✅ the image’s', old: ' ❌ not the image’s', unknown: '' };
/** `3 d 4 h`, `5 min`, `12 s`. */
function durationOf(seconds) {
    if (seconds >= 86_400)
        return `${Math.floor(seconds / 86_400)} d ${Math.floor((seconds % 86_400) / 3600)} h`;
    if (seconds >= 3600)
        return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
    return seconds >= 60 ? `${Math.floor(seconds / 60)} min` : `${seconds} s`;
}
/** An action by its name; what is not published can't be called from outside. */
function actionCell({ name, visibility }) {
    return visibility === 'published' ? (0,markdown/* code */.aY)(name) : `${(0,markdown/* code */.aY)(name)} (${(0,markdown/* escapeMarkdown */.FV)(visibility)})`;
}
function composeSection({ compose, plugins }) {
    // One that runs another program of the image is no place where a plugin is missing.
    const rows = compose.filter(({ loadsPlugins, reason }) => loadsPlugins !== false || reason !== OTHER_PROGRAM);
    if (rows.length === 0)
        return [];
    const all = plugins.filter(({ services }) => services.length > 0).length;
    const loaded = ({ loadsPlugins, plugins: names }) => {
        if (loadsPlugins === 'unknown')
            return 'unknown';
        if (!loadsPlugins)
            return 'none';
        return names.length === all ? `all ${plural(all, 'plugin')}` : names.map(code).join(' ');
    };
    return [
        '### Where plugins run',
        '',
        ...cutList(rows.map((row) => `- ${code(row.service)} of ${code(row.file)} loads the services of ${loaded(row)}<br>${escapeMarkdown(row.reason)}`)),
    ];
}
function stateOf(service) {
    const { expected, loaded, cause } = service;
    if (loaded === null)
        return 'not tried';
    if (cause === 'development-only')
        return 'not in production';
    if (!expected)
        return loaded ? '⚠️ not expected' : '⚠️ not expected, fails';
    return loaded ? '✅ loaded' : '❌ missing';
}
function pluginsSection({ plugins }) {
    if (plugins.length === 0)
        return [];
    return folded(plural(plugins.length, 'plugin'), cutList(plugins.map(({ name, kind, offer, version, services }) => {
        const facts = [
            kind,
            ...(kind === 'backend' ? [] : [offer]),
            ...(version === undefined ? [] : [version]),
        ];
        const loaded = services.map(code).join(' ');
        return `- ${code(name)}: ${escapeMarkdown(facts.join(', '))}${loaded === '' ? '' : `<br>${loaded}`}`;
    })));
}
/** Facts as a list, which breaks a digest where it does not fit; a table would be cut. */
function factList(facts) {
    return facts.map(([name, value]) => `- ${name}: ${value}`);
}
function cutList(items, maxItems = summary_MAX_ROWS) {
    const left = items.length - maxItems;
    return left > 0
        ? [...items.slice(0, maxItems), '', `… and ${left} more; the report file has them all`]
        : [...items];
}
function cutTable(head, rows, maxRows = summary_MAX_ROWS) {
    const left = rows.length - maxRows;
    return left > 0
        ? [...(0,markdown/* table */.tp)(head, rows.slice(0, maxRows)), '', `… and ${left} more; the report file has them all`]
        : (0,markdown/* table */.tp)(head, rows);
}
/** `file:line:column`, as editors and terminals understand it. */
function placeOf({ file, line, column }) {
    return [file, line, column].filter((part) => part !== undefined).join(':');
}


/***/ }),

/***/ 2837:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  b: () => (/* binding */ renderTerminal)
});

// EXTERNAL MODULE: ./.build/src/lib/wording.js
var wording = __nccwpck_require__(1067);
// EXTERNAL MODULE: ./.build/src/proof/compare.js + 2 modules
var compare = __nccwpck_require__(7998);
// EXTERNAL MODULE: ./.build/src/report/text.js
var report_text = __nccwpck_require__(1803);
// EXTERNAL MODULE: ./.build/src/report/wrap.js
var wrap = __nccwpck_require__(2808);
;// CONCATENATED MODULE: ./.build/src/report/code-frame.js


/** More of a line than this says nothing to a person. */
const MAX_COLUMNS = 100;
/** The line that a finding is about, with a caret below its column; no lines where there is nothing to show. */
function codeFrame({ file, line, column }, sourceLine, page) {
    const source = line === undefined ? undefined : sourceLine(file, line);
    if (source === undefined || source.trim() === '')
        return [];
    const gutter = `    ${line} | `;
    const room = Math.max(20, Math.min(MAX_COLUMNS, page.width - gutter.length - 1));
    const at = (column ?? 1) - 1;
    const lead = (0,report_text/* visible */.R)(source.slice(Math.max(0, at - MAX_COLUMNS), at)).trimStart();
    const before = at > MAX_COLUMNS || lead.length > room / 2 ? `…${lead.slice(-Math.floor(room / 2))}` : lead;
    const rest = (0,report_text/* visible */.R)(source.slice(at, at + 2 * MAX_COLUMNS));
    const code = column === undefined ? rest.trimStart() : before + rest;
    const shown = (0,wrap/* columnsOf */.PL)(code) > room ? `${cutTo(code, room - 1)}…` : code.trimEnd();
    const lines = [(0,wrap/* paint */.nI)(gutter, 'dim', page) + shown];
    if (column !== undefined)
        lines.push((0,wrap/* paint */.nI)(`${' '.repeat(gutter.length - 2)}| `, 'dim', page) +
            ' '.repeat((0,wrap/* columnsOf */.PL)(before)) +
            (0,wrap/* paint */.nI)('^', 'red', page));
    return lines;
}
/** The beginning of a text that takes at most so many columns. */
function cutTo(text, columns) {
    let used = 0;
    let kept = '';
    for (const character of text) {
        used += (0,wrap/* columnsOf */.PL)(character);
        if (used > columns)
            break;
        kept += character;
    }
    return kept;
}

// EXTERNAL MODULE: ./.build/src/report/links.js
var links = __nccwpck_require__(5731);
// EXTERNAL MODULE: ./.build/src/report/report.js + 1 modules
var report_report = __nccwpck_require__(7154);
// EXTERNAL MODULE: ./.build/src/report/summary.js + 2 modules
var summary = __nccwpck_require__(8655);
// EXTERNAL MODULE: ./.build/src/lib/lists.js
var lists = __nccwpck_require__(3758);
;// CONCATENATED MODULE: ./.build/src/report/terminal.js









/** The report as lines for a terminal. Control characters from the repository never reach it. */
function renderTerminal(report, view) {
    const fails = (finding) => (0,report_report/* hasFailingFindings */.PS)([finding], view.gate);
    const findings = view.quiet ? report.findings.filter(fails) : report.findings;
    const old = findings.filter(report_report/* isOld */.eD);
    const shownOld = old.filter(fails);
    const fresh = findings.filter((finding) => !(0,report_report/* isOld */.eD)(finding));
    const shown = [...fresh, ...shownOld];
    const verdict = (0,wrap/* wrap */.LV)([{ text: (0,report_report/* verdictOf */.Vj)(report, view.gate), style: (0,report_report/* isFailed */.Ix)(report, view.gate) ? 'red' : 'green' }], view);
    const lines = [
        ...findingLines(fresh, report, view),
        ...(shownOld.length > 0 ? [(0,wrap/* paint */.nI)('There before the change, and failing:', 'bold', view), ''] : []),
        ...findingLines(shownOld, report, view),
        ...foldedLine(old.length - shownOld.length, view),
        ...recordLines(report)
            .filter((line) => !view.quiet || (!line.startsWith('loaded  ') && !line.startsWith('note  ')))
            .flatMap((line) => labelled(line, view)),
        ...(view.quiet ? [] : explanations(shown, view.rulesUrl)),
        ...fixableLine(shown, view),
        ...verdict,
    ];
    return lines.join('\n') + '\n';
}
const SEVERITY_STYLE = { error: 'red', warning: 'yellow', notice: 'cyan' };
/** The limit of code frames: findings after it are shown without. */
const MAX_FRAMES = 50;
/** The findings file by file, each with its line of code. */
function findingLines(findings, report, view) {
    // Its lines are no longer those that were checked.
    const changed = new Set(report.applied ? report.changes.map(({ file }) => file) : []);
    let frames = 0;
    return [...groupBy(findings, ({ file }) => file)].flatMap(([file, all]) => {
        const width = (0,lists/* largest */.n)(all.map((finding) => lineAndColumn(finding).length), 0);
        return [
            (0,wrap/* paint */.nI)((0,report_text/* visible */.R)(file), 'underline', view),
            ...all.flatMap((finding) => {
                const { severity, message, rule, fixable } = finding;
                const place = lineAndColumn(finding).padEnd(width);
                const start = width === 0 ? '  ' : `  ${place}  `;
                const text = (0,wrap/* wrap */.LV)([
                    { text: severity, style: SEVERITY_STYLE[severity] },
                    { text: ' '.repeat(Math.max(0, 'warning'.length - severity.length)) + message },
                    { text: ` ${rule}`, style: 'dim' },
                    ...(fixable ? [{ text: '(fixable)', style: 'green' }] : []),
                ], { ...view, width: Math.max(view.width - start.length, 30) }, 'warning  '.length).map((line, index) => (index === 0 ? start : ' '.repeat(start.length)) + line);
                const isShown = severity !== 'notice' && !changed.has(file) && frames < MAX_FRAMES;
                const frame = isShown ? codeFrame(finding, view.sourceLine, view) : [];
                if (frame.length > 0)
                    frames++;
                return [...text, ...frame];
            }),
            '',
        ];
    });
}
function lineAndColumn({ line, column }) {
    return [line, column].filter((part) => part !== undefined).join(':');
}
function groupBy(items, keyOf) {
    const groups = new Map();
    for (const item of items) {
        const key = keyOf(item);
        groups.set(key, [...(groups.get(key) ?? []), item]);
    }
    return groups;
}
/** Returns the line that stands for old findings that fail nothing. */
function foldedLine(count, view) {
    if (count === 0)
        return [];
    const text = `${(0,wording/* plural */.LS)(count, 'finding')} more ${count === 1 ? 'was' : 'were'} there before, and fail${count === 1 ? 's' : ''} nothing: the report file has them all`;
    return [...(0,wrap/* wrap */.LV)([{ text, style: 'dim' }], view), ''];
}
/** Returns the line that says how many findings can be fixed automatically. */
function fixableLine(findings, view) {
    const count = findings.filter(({ fixable }) => fixable).length;
    if (count === 0)
        return [];
    const text = `${count} of ${(0,wording/* plural */.LS)(findings.length, 'finding')} can be mended with ${view.howToFix}: those marked (fixable)`;
    return (0,wrap/* wrap */.LV)([{ text, style: 'green' }], view);
}
const LABEL_STYLE = {
    MISSING: 'red',
    FAILS: 'red',
    STALE: 'red',
    loaded: 'green',
    note: 'cyan',
};
/** A line of the form `label  text`, within the page. */
function labelled(line, page) {
    if (line.startsWith('  | '))
        return [(0,report_text/* visible */.R)(line)];
    const end = line.indexOf('  ');
    if (end === -1)
        return (0,wrap/* wrap */.LV)([{ text: line }], page);
    const label = line.slice(0, end);
    return (0,wrap/* wrap */.LV)([{ text: label, style: LABEL_STYLE[label] ?? 'bold' }, { text: line.slice(end + 1) }], page);
}
/** Everything but the findings, a line each: a label, two spaces, and what there is to say. */
function recordLines(report) {
    const lines = [];
    for (const { file, summary } of report.changes)
        lines.push(`${report.applied ? 'changed' : 'to change'}  ${file}: ${summary}`);
    if (report.commitSha !== undefined)
        lines.push(`commit  ${report.commitSha}`);
    if (report.pullRequestUrl !== undefined)
        lines.push(`pull request  ${report.pullRequestUrl}`);
    for (const service of report.services) {
        if (service.loaded === null || service.cause === 'development-only')
            continue;
        if ((0,compare/* isOfBaseImage */.c_)(service))
            continue;
        const state = !service.expected ? 'not expected' : service.loaded ? 'loaded' : 'MISSING';
        lines.push(`${state}  ${service.name}${service.reason ? `: ${service.reason}` : ''}`);
    }
    const ofBase = report.services.filter(compare/* isOfBaseImage */.c_).map(({ name }) => name);
    if (ofBase.length > 0)
        lines.push(`loaded  ${(0,wording/* plural */.LS)(ofBase.length, 'service')} of the base image: ${(0,wording/* listed */.KE)(ofBase)}`);
    if (report.browser && 'plugins' in report.browser) {
        const { chrome, plugins } = report.browser;
        const evaluated = plugins.filter((plugin) => plugin.evaluated).length;
        lines.push(`browser  ${evaluated} of ${plugins.length} front ends evaluated in ${chrome}`);
        for (const { name, reason } of plugins)
            if (reason !== undefined)
                lines.push(`FAILS  ${name}: ${reason}`);
    }
    for (const { service, state, log } of report.boot?.containers ?? [])
        (0,lists/* append */.B)(lines, [`container  ${service}: ${state}`, ...log.map((line) => `  | ${line}`)]);
    if (report.node)
        lines.push(`compose fragment  ${report.node.composeFile}`, `Kubernetes Deployment  ${report.node.kubernetesFile}`);
    for (const { name, url, manifest } of report.bundles?.plugins ?? [])
        lines.push(`bundle  ${name}: ${url} (${report.bundles?.directory}/${manifest})`);
    if (report.live) {
        const { url, reference, version, uptimeSeconds, files } = report.live;
        const up = uptimeSeconds === undefined ? '' : `, up for ${(0,summary/* durationOf */.cf)(uptimeSeconds)}`;
        lines.push(`live  ${url}: version ${version ?? 'none'}${up}`);
        lines.push(`compared with  ${reference ?? 'nothing'}`);
        (0,lists/* append */.B)(lines, files.stale.map((path) => `STALE  ${path}`));
    }
    if (report.hosted) {
        const { served, stale } = report.hosted;
        lines.push(`hosted  ${served.length} of ${(0,wording/* plural */.LS)(served.length + stale.length, 'file')} as they should be`);
        (0,lists/* append */.B)(lines, stale.map((url) => `STALE  ${url}`));
    }
    if (report.image) {
        const { name, digest, tags, previousDigests = {} } = report.image;
        lines.push(`image  ${name === '' ? digest : `${name}@${digest}`}`);
        for (const tag of tags) {
            const before = previousDigests[tag];
            lines.push(`tag  ${tag}${before === undefined || before === digest ? '' : ` (before: ${before})`}`);
        }
    }
    (0,lists/* append */.B)(lines, [...report.notes, ...(0,report_report/* notLookedAt */.$h)(report)].map((note) => `note  ${note}`));
    if (report.privileges && 'unknown' in report.privileges)
        lines.push(`note  what plugins may do was not compared with the base: ${report.privileges.unknown}`);
    if (report.failure)
        (0,lists/* append */.B)(lines, report.failure.details.map((line) => `  | ${line}`));
    return lines;
}
/** Where each rule that found something is explained: once a rule, since many findings may be of the same. */
function explanations(findings, rulesUrl) {
    const rules = [...new Set(findings.map(({ rule }) => rule))].sort();
    if (rules.length === 0)
        return [];
    const width = (0,lists/* largest */.n)(rules.map(({ length }) => length), 0);
    return [
        'Why it matters and how to mend it:',
        ...rules.map((rule) => `  ${rule.padEnd(width)}  ${(0,links/* ruleUrl */.QB)(rulesUrl, rule)}`),
        '',
    ];
}


/***/ }),

/***/ 1803:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ visible)
/* harmony export */ });
/* unused harmony export MAX_TEXT */
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7975);
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2184);


/** More than any sentence of ours with a name in it; a name that a repository gives may be as long as a file. */
const MAX_TEXT = 2000;
/**
 * Text from a repository on one line, as it is and nothing more: a terminal's commands go, line breaks become spaces,
 * what is still a control character, or would show the text in another order than it stands in or not at all, becomes its code, and
 * of a text without measure only the beginning is left.
 */
function visible(text) {
    return (0,node_util__WEBPACK_IMPORTED_MODULE_0__.stripVTControlCharacters)((0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .shortened */ .vI)(text, MAX_TEXT))
        .replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, ' ')
        .replace(/\p{Cc}|\p{Cf}/gu, (character) => {
        const code = character.codePointAt(0)?.toString(16) ?? '';
        return `\\u${code.padStart(4, '0')}`;
    });
}


/***/ }),

/***/ 9748:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  e: () => (/* binding */ renderWorkflowCommands)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(6760);
// EXTERNAL MODULE: ./.build/src/report/links.js
var links = __nccwpck_require__(5731);
// EXTERNAL MODULE: ./.build/src/report/report.js + 1 modules
var report_report = __nccwpck_require__(7154);
// EXTERNAL MODULE: ./.build/src/report/text.js
var report_text = __nccwpck_require__(1803);
// EXTERNAL MODULE: ./.build/src/lib/text.js
var lib_text = __nccwpck_require__(2184);
;// CONCATENATED MODULE: ./.build/src/report/annotations.js





/** GitHub keeps ten annotations of each level for a step and drops the rest without a word. */
const MAX_OF_A_LEVEL = 10;
/**
 * The annotations of a report: of the findings that are new, the first ten of each level; the last of them counts those
 * that are left out.
 * @param path where the repository stands in the workspace
 */
function annotationsOf(report, path) {
    return ['error', 'warning', 'notice'].flatMap((severity) => {
        const findings = report.findings
            .filter((finding) => finding.severity === severity && !(0,report_report/* isOld */.eD)(finding))
            // A plugin's findings stand together, so that its author finds them in one place.
            .sort((a, b) => (0,lib_text/* compare */.UD)(a.plugin ?? '', b.plugin ?? ''));
        const shown = findings.length > MAX_OF_A_LEVEL ? findings.slice(0, MAX_OF_A_LEVEL - 1) : findings;
        const annotations = shown.map((finding) => annotationOf(finding, path, report.rulesUrl));
        const rest = findings.length - shown.length;
        if (rest > 0)
            annotations.push({
                severity,
                title: 'More findings',
                message: `${rest} more of this level: see the job summary`,
                file: external_node_path_.posix.normalize(path),
                line: undefined,
                column: undefined,
            });
        return annotations;
    });
}
function annotationOf(finding, path, rulesUrl) {
    return {
        severity: finding.severity,
        title: finding.plugin ? `${(0,report_text/* visible */.R)(finding.plugin)}: ${finding.rule}` : finding.rule,
        message: `${(0,report_text/* visible */.R)(finding.message)}\n${(0,links/* ruleUrl */.QB)(rulesUrl, finding.rule)}`,
        file: (0,report_text/* visible */.R)(external_node_path_.posix.join(path, finding.file)),
        line: finding.line,
        column: finding.column,
    };
}

;// CONCATENATED MODULE: ./.build/src/report/workflow-commands.js

/** The annotations of a report as the workflow commands that a GitHub runner reads from a step's output. */
function renderWorkflowCommands(report) {
    return annotationsOf(report, '.')
        .map(({ severity, title, message, file, line, column }) => {
        const properties = { file, line, col: column, title };
        const shown = Object.entries(properties).flatMap(([name, value]) => value === undefined ? [] : [`${name}=${escapeProperty(String(value))}`]);
        return `::${severity} ${shown.join(',')}::${escapeData(message)}\n`;
    })
        .join('');
}
function escapeData(text) {
    return text.replace(/[%\r\n]/g, (character) => encodeURIComponent(character));
}
function escapeProperty(text) {
    return escapeData(text).replace(/[:,]/g, (character) => encodeURIComponent(character));
}


/***/ }),

/***/ 2808:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   LV: () => (/* binding */ wrap),
/* harmony export */   PL: () => (/* binding */ columnsOf),
/* harmony export */   ZZ: () => (/* binding */ pageOf),
/* harmony export */   nI: () => (/* binding */ paint)
/* harmony export */ });
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1803);

/**
 * What a terminal is told before and after a text. util.styleText() knows these too, but some versions of it look at
 * the environment of the process by themselves, and at standard output whichever stream it is for.
 */
const CODES = {
    dim: [2, 22],
    underline: [4, 24],
    bold: [1, 22],
    red: [31, 39],
    green: [32, 39],
    yellow: [33, 39],
    cyan: [36, 39],
};
/**
 * Lays spans out as lines that fit the page, broken between words. What is longer than a line stays whole.
 * @param hanging the columns that every line but the first is indented by
 */
function wrap(spans, page, hanging = 2) {
    const words = spans.flatMap(({ text, style }) => (0,_text_js__WEBPACK_IMPORTED_MODULE_0__/* .visible */ .R)(text)
        .split(' ')
        .map((word) => ({ word, style })));
    const lines = [];
    let line = [];
    let used = 0;
    for (const { word, style } of words) {
        const length = columnsOf(word);
        if (line.length > 0 && used + 1 + length > page.width) {
            lines.push(line.join(' '));
            line = [' '.repeat(hanging - 1)];
            used = hanging - 1;
        }
        used += length + (line.length > 0 ? 1 : 0);
        line.push(style !== undefined && word !== '' ? paint(word, style, page) : word);
    }
    return [...lines, line.join(' ')].map((each) => each.trimEnd());
}
/** The text in a style, where the page has colours. */
function paint(text, style, { colors }) {
    if (!colors)
        return text;
    const [start, end] = CODES[style];
    return `\u001b[${start}m${text}\u001b[${end}m`;
}
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/g;
/** The columns that a text takes on a terminal: characters of Chinese, Japanese and Korean take two. */
function columnsOf(text) {
    return text.replace(WIDE, 'xx').length;
}
/** The page that a stream shows: https://no-color.org, FORCE_COLOR as Node.js reads it, and none in a pipe. */
function pageOf(stream, env) {
    const force = env['FORCE_COLOR'];
    const colors = force !== undefined
        ? !/^(0|false)$/.test(force)
        : !env['NO_COLOR'] && stream.isTTY === true && env['TERM'] !== 'dumb';
    return { width: stream.isTTY ? (stream.columns ?? 80) : Infinity, colors };
}


/***/ }),

/***/ 9299:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ sentenceOf),
/* harmony export */   g: () => (/* binding */ browserRules)
/* harmony export */ });
/* harmony import */ var _image_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8330);

/** Rules about what a browser makes of the front ends of an image. */
const browserRules = [
    {
        id: 'browser/plugin-fails',
        title: 'A plugin does not evaluate in the browser',
        why: 'The client shows an error to everyone who has the plugin, and nothing of the plugin is there.',
        mend: 'The message says what was thrown and where: mend it there. docs/deploy.md explains each cause.',
        bad: "import { regNoSuchThing } from '@capital/common'\nregNoSuchThing()",
        good: "import { regCustomPanel } from '@capital/common'\nregCustomPanel(panel)",
        severity: 'error',
        *check({ proof, own }) {
            for (const { plugin, evaluated } of joined(proof, own))
                if (evaluated.fault && !breaksPage(evaluated.fault) && !damagedByOwn(evaluated.fault, own))
                    yield problemOf(plugin, evaluated.name, evaluated.fault);
        },
    },
    {
        id: 'browser/chunk-fails',
        title: 'A part of a plugin that is loaded later does not evaluate in the browser',
        why: 'What should open stays empty, for ever: the client says nothing about it.',
        mend: 'The message says what was thrown and where: mend it there.',
        bad: "const Page = React.lazy(() => import('./page')) // page.tsx throws while it is evaluated",
        good: "const Page = React.lazy(() => import('./page'))",
        severity: 'error',
        *check({ proof, own }) {
            for (const { plugin, evaluated } of joined(proof, own))
                for (const { file, fault } of evaluated.chunks)
                    if (fault)
                        yield problemOf(plugin, `${evaluated.name}/${file}`, fault);
        },
    },
    {
        id: 'browser/plugin-breaks-page',
        title: 'A plugin breaks the page, or another plugin',
        why: 'All plugins share one page: who has this one can use nothing else, or not the plugin that it damages.',
        mend: 'Do nothing endless, and change nothing that is not the plugin’s own, while its bundle is evaluated.',
        bad: "document.getElementById('app').remove()",
        good: 'regCustomPanel({ position: "navbar", … })',
        severity: 'error',
        *check({ proof, own }) {
            for (const { plugin, evaluated } of joined(proof, own))
                if (evaluated.fault && breaksPage(evaluated.fault))
                    yield problemOf(plugin, evaluated.name, evaluated.fault);
            for (const { name, fault } of proof.plugins) {
                const culprit = fault && damagedByOwn(fault, own);
                if (culprit)
                    yield {
                        ...(0,_image_js__WEBPACK_IMPORTED_MODULE_0__/* .placeOf */ .$t)(culprit),
                        message: `${culprit.name} keeps ${name} from evaluating in the browser, which it does without it: ${sentenceOf(name, fault)}`,
                    };
            }
        },
    },
    {
        id: 'browser/base-plugin-fails',
        title: 'A plugin of the base image does not evaluate in the browser',
        why: 'Users of that plugin get an error; this repository did not bring it.',
        mend: 'Take a base image in which it works, or tell its authors.',
        bad: 'server/dist/public/plugins/org.other.plugin/index.js throws',
        good: 'server/dist/public/plugins/org.other.plugin/index.js evaluates',
        severity: 'warning',
        *check({ proof, own }) {
            for (const evaluated of proof.plugins) {
                if (own.some(({ name }) => name === evaluated.name))
                    continue;
                if (evaluated.fault && !damagedByOwn(evaluated.fault, own))
                    yield problemOf(undefined, evaluated.name, evaluated.fault);
                for (const { file, fault } of evaluated.chunks)
                    if (fault)
                        yield problemOf(undefined, `${evaluated.name}/${file}`, fault);
            }
        },
    },
    {
        id: 'browser/icon-broken',
        title: 'The icon of a plugin can’t be shown',
        why: 'The plugin store shows an empty square: the gateway answers a path that is not there with a page of HTML.',
        mend: 'Put the file into assets/, or copy its directory in .ministarrc.js.',
        bad: '"icon": "/plugins/com.acme.theme/assets/icon.png" // there is no such file',
        good: '"icon": "/plugins/com.acme.theme/assets/icon.png"',
        severity: 'warning',
        *check({ proof, own }) {
            for (const { plugin: name, url } of proof.brokenIcons) {
                const plugin = own.find((each) => each.name === name);
                if (plugin)
                    yield {
                        plugin: name,
                        file: plugin.web?.manifest?.path ?? plugin.directory,
                        message: `the browser can't show the icon ${new URL(url).pathname} of ${name}: the image has no such file, or it is no image`,
                    };
            }
        },
    },
    {
        id: 'browser/client-not-rendered',
        title: 'The web client shows nothing in the browser, without any plugin either',
        why: 'No one could log in; or the client is built so that this proof can’t tell.',
        mend: 'Look at the screenshot next to the report, and at what the message says was thrown.',
        bad: '<div id="app"></div> <!-- and nothing ever in it -->',
        good: '<div id="app"><main>…</main></div>',
        severity: 'warning',
        *check({ proof }) {
            if (proof.clientFails !== undefined)
                yield {
                    file: 'client/web',
                    message: `the web client of the image shows nothing in the browser, without any plugin either${proof.clientFails && `: ${proof.clientFails}`}`,
                };
        },
    },
];
function joined({ plugins }, own) {
    return plugins.flatMap((evaluated) => {
        const plugin = own.find(({ name }) => name === evaluated.name);
        return plugin ? [{ plugin, evaluated }] : [];
    });
}
/** Whether it harms more than the plugin itself. */
function breaksPage({ cause }) {
    return ['hangs', 'crashes', 'leaves-page', 'blocks-page'].includes(cause);
}
/** The plugin of this repository that makes another one fail. */
function damagedByOwn({ damagedBy }, own) {
    return own.find(({ name }) => name === damagedBy);
}
function problemOf(plugin, what, fault) {
    const message = sentenceOf(what, fault);
    if (!plugin) {
        const [name] = what.split('/');
        return {
            ...(name !== undefined && { plugin: name }),
            file: `server/dist/public/plugins/${name}/index.js`,
            message,
        };
    }
    return { ...(0,_image_js__WEBPACK_IMPORTED_MODULE_0__/* .placeOf */ .$t)(plugin), ...sourceOf(plugin, fault), message };
}
/** Where in the repository a fault comes from; nothing where the source map names no file of it. */
function sourceOf(plugin, { source }) {
    if (!source || !plugin.web)
        return {};
    const before = `/${plugin.name}/`;
    const at = source.path.lastIndexOf(before);
    if (at === -1)
        return {};
    const file = `${plugin.web.directory}/${source.path.slice(at + before.length)}`;
    return plugin.files.some((each) => `${plugin.directory}/${each}` === file)
        ? { file, line: source.line, column: source.column }
        : {};
}
/** What the browser showed of a plugin or a chunk, in one sentence. */
function sentenceOf(what, { cause, detail, at, damagedBy }) {
    const place = at ? ` (${at.path}:${at.line}:${at.column})` : '';
    const apart = damagedBy === undefined
        ? ''
        : `; by itself it evaluates${damagedBy === '' ? ', but not next to all others' : `, but not next to ${damagedBy}`}`;
    return `${what} ${verbOf(cause, detail)}${place}${apart}`;
}
function verbOf(cause, detail) {
    switch (cause) {
        case 'threw':
            return `throws in the browser while it is evaluated: ${detail}`;
        case 'unregistered-module':
            return `needs the module ${JSON.stringify(detail)} in the browser, which the client does not have: add it to the plugin's dependencies`;
        case 'missing-file':
            return `can't be loaded in the browser: the image has no ${detail}`;
        case 'dependency-fails':
            return `needs the plugin ${detail} in the browser, which fails itself`;
        case 'other-name':
            return detail === ''
                ? 'defines no plugin in the browser: the client waits for it in vain'
                : `defines ${detail} in the browser instead of itself: the client waits for it in vain`;
        case 'script-fails':
            return `ends in the browser before it defines the plugin: ${detail}`;
        case 'not-loaded':
            return `could not be loaded in the browser${detail && `: nothing defines ${detail}, which it needs`}`;
        case 'never-ready':
            return detail === ''
                ? 'is never ready in the browser: the client waits for it for ever'
                : `is never ready in the browser: it waits for ${detail}, which waits for it`;
        case 'hangs':
            return `makes the page hang in the browser: an endless loop, most likely${detail && ` in ${detail}`}`;
        case 'crashes':
            return 'makes the page crash in the browser';
        case 'leaves-page':
            return 'takes the page to another address while it is loaded in the browser';
        case 'blocks-page':
            return `keeps the client from showing anything in the browser${detail && `: ${detail}`}`;
    }
}


/***/ }),

/***/ 1979:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  V7: () => (/* binding */ allRules),
  sW: () => (/* binding */ catalogue),
  Iw: () => (/* binding */ syncedRules)
});

// UNUSED EXPORTS: repositoryRules

// EXTERNAL MODULE: ./.build/src/tailchat/gateway.js
var gateway = __nccwpck_require__(6922);
// EXTERNAL MODULE: ./.build/src/proof/boot-compare.js
var boot_compare = __nccwpck_require__(2850);
;// CONCATENATED MODULE: ./.build/src/rules/boot.js


/** Returns why a path has no answer: what was not seen is not proven. */
function silence(path, { unanswered }) {
    const reason = unanswered.find((each) => each.path === path)?.reason;
    return `the gateway gave no answer to ${path}: ${reason ?? 'it was not asked'}`;
}
/** Rules about what a running stack of the built image answers. */
const bootRules = [
    {
        id: 'boot/gateway-silent',
        title: 'The gateway of the stack does not answer /health',
        why: 'Tailchat does not come up: no one could log in.',
        severity: 'error',
        mend: 'The last lines of the containers are in the report: look there. With 500 on Node.js 20, set DISABLE_TRACING=1.',
        bad: 'SERVICES: core/user/*.service.js # in every container',
        good: 'SERVICES: core/gateway,core/user/*.service.js',
        *check({ file, result: { listed, instead, failure }, timeoutSeconds }) {
            if (listed || failure)
                return;
            yield {
                file,
                message: `no container of the stack answered /health with its services within ${timeoutSeconds} s${instead === undefined ? '' : ` (the last one: ${instead})`}`,
            };
        },
    },
    {
        id: 'boot/container-died',
        title: 'A container of the built image does not keep running',
        why: 'Everything that it should load is missing, and with `restart` it ends again and again.',
        severity: 'error',
        mend: 'Its last lines are in the report: mend what they say.',
        bad: "async onStart() {\n  throw new Error('no token')\n}",
        good: "async onStart() {\n  if (!token) this.logger.warn('no token: nothing is sent')\n}",
        *check({ file, result }) {
            for (const container of (0,boot_compare/* endedContainers */.Le)(result)) {
                const words = (0,boot_compare/* lastWords */.aN)(result.logs.get(container.id) ?? []);
                yield { file, message: `the container ${(0,boot_compare/* endOf */.pJ)(container)}${words && `: ${words}`}` };
            }
        },
    },
    {
        id: 'boot/service-missing',
        title: 'The gateway of the running stack does not list a service that the image loads',
        why: 'Calls of the plugin get 404, though its code is in the image.',
        severity: 'error',
        mend: 'The message says the cause as far as it can be known; docs/deploy.md explains each.',
        bad: 'SERVICEDIR=services # in every container',
        good: 'SERVICEDIR: plugins # in one of them',
        *check({ awaited, missing }) {
            for (const { name, plugin, file, reason } of missing) {
                const line = awaited.find((each) => each.file === file)?.line;
                yield {
                    ...(plugin !== undefined && { plugin }),
                    file: file ?? '',
                    ...(line !== undefined && { line }),
                    message: `the running stack lacks ${name}: ${reason}`,
                };
            }
        },
    },
    {
        id: 'boot/bundle-not-served',
        title: 'The gateway does not serve the bundle of a plugin that it offers',
        why: 'A path that is not there is answered with 200 and a page of HTML, and the client waits in vain.',
        severity: 'error',
        mend: 'Look whether server/dist/public/plugins in the image has the bundle, and whether a volume hides it.',
        bad: 'GET /plugins/com.acme.tickets/index.js → 200 text/html',
        good: "GET /plugins/com.acme.tickets/index.js → 200 application/javascript, definePlugin('@plugins/com.acme.tickets', …)",
        *check({ offered, result }) {
            if (!result.listed)
                return;
            for (const { plugin, file } of offered) {
                const path = (0,gateway/* bundlePath */.EU)(plugin);
                const answer = result.answers.find((each) => each.path === path);
                if (!answer)
                    yield { plugin, file, message: silence(path, result) };
                if (!answer || (0,gateway/* isBundleOf */.Ir)(plugin, answer))
                    continue;
                yield {
                    plugin,
                    file,
                    message: `the gateway answers ${answer.path} with ${(0,gateway/* describeAnswer */.O1)(answer)} ${answer.defines === undefined ? 'that defines no plugin' : `that defines ${JSON.stringify(answer.defines)}`}; it must be JavaScript that defines "@plugins/${plugin}"`,
                };
            }
        },
    },
    {
        id: 'boot/registry-not-served',
        title: 'The gateway does not serve a plugin registry as a list in JSON',
        why: 'The client spreads whatever it gets into its list: nothing is offered, or single characters.',
        severity: 'error',
        mend: 'Look whether server/dist/public in the image has the file, and whether a volume hides it.',
        bad: 'GET /registry-be.json → 200 text/html',
        good: 'GET /registry-be.json → 200 application/json',
        *check({ file, registries, result }) {
            if (!result.listed)
                return;
            for (const path of registries) {
                const answer = result.answers.find((each) => each.path === path);
                if (!answer)
                    yield { file, message: silence(path, result) };
                else if (!(0,gateway/* isJsonList */.P8)(answer))
                    yield {
                        file,
                        message: `the gateway answers ${answer.path} with ${(0,gateway/* describeAnswer */.O1)(answer)}; it must be a list in JSON`,
                    };
            }
        },
    },
    {
        id: 'boot/not-available',
        title: 'A service of the plugin node does not answer /available through the gateway',
        why: 'It is listed, and what the plugin’s front end asks it first does not get there: the plugin hides itself.',
        severity: 'error',
        mend: 'Look at the log of the node’s container; with 401, the service has not told the gateway that the route is open.',
        bad: 'GET /api/plugin:com.acme.tickets/available → 504',
        good: 'GET /api/plugin:com.acme.tickets/available → 200',
        *check({ file, available, awaited, result }) {
            if (!result.listed)
                return;
            for (const service of available) {
                const found = awaited.find(({ name }) => name === service);
                const path = (0,gateway/* availablePath */.Nj)(service);
                const answer = result.answers.find((each) => each.path === path);
                if (!result.listed.includes(service) || answer?.status === 200)
                    continue;
                yield {
                    file: found?.file ?? file,
                    ...(found?.line !== undefined && { line: found.line }),
                    message: answer
                        ? `the gateway answers ${path} with ${(0,gateway/* describeAnswer */.O1)(answer)}, where the service registers it for everybody`
                        : silence(path, result),
                };
            }
        },
    },
];

// EXTERNAL MODULE: ./.build/src/rules/browser.js
var browser = __nccwpck_require__(9299);
// EXTERNAL MODULE: ./.build/src/tailchat/hosted.js
var hosted = __nccwpck_require__(6489);
;// CONCATENATED MODULE: ./.build/src/rules/bundle.js

/** Rules about what a static host will serve. */
const bundleRules = [
    {
        id: 'bundle/url-breaks-chunks',
        title: 'A plugin’s further files would be looked for in another folder',
        why: 'The client takes everything before the first /NAME in the url for the place of all files: with the name in the host or in a folder before it, each later file gets 404.',
        severity: 'error',
        mend: 'Choose a public-url that does not hold the plugin’s name.',
        bad: 'public-url: https://com.acme.theme.acme.example',
        good: 'public-url: https://plugins.acme.example',
        *check({ plugins }) {
            for (const { name, file, url } of plugins)
                if (!(0,hosted/* loadsItsChunks */.ck)(url, name))
                    yield {
                        plugin: name,
                        file,
                        message: `the plugin would be served at ${url}, and its further files looked for in ${(0,hosted/* chunkFolder */.UG)(url, name) ?? 'the page’s own folder'}: choose a public-url without the name of the plugin`,
                    };
        },
    },
    {
        id: 'bundle/manifest-refused',
        title: 'The web client does not take the manifest when a user pastes it',
        why: 'The plugin center says that it is no valid plugin configuration, and installs nothing.',
        severity: 'error',
        mend: 'Give the manifest every field that the message names.',
        bad: '{ "name": "com.acme.theme", "version": 1 }',
        good: '{ "label": "Theme", "name": "com.acme.theme", "version": "1.0.0", "author": "acme", "description": "Colours" }',
        *check({ plugins }) {
            for (const { name, file, manifest } of plugins) {
                const problems = (0,hosted/* pasteProblems */.U1)(manifest);
                if (problems.length > 0)
                    yield {
                        plugin: name,
                        file,
                        message: `a user can’t install the plugin by its manifest: ${problems.join(', ')}`,
                    };
            }
        },
    },
    {
        id: 'bundle/absolute-path',
        title: 'A bundle for another host holds a path on Tailchat’s own host',
        why: 'The file is asked for on the host of Tailchat, which answers 200 with a page.',
        severity: 'warning',
        mend: 'Import the file, so that the bundler finds its address, or write the absolute address of the static host.',
        bad: "const sound = '/plugins/com.acme.theme/assets/ping.mp3'",
        good: "import sound from './assets/ping.mp3'",
        *check({ plugins }) {
            for (const { name, file, scripts } of plugins)
                for (const script of scripts)
                    if (holdsOwnPath(script.text, name))
                        yield {
                            plugin: name,
                            file,
                            message: `${script.file} holds the path /plugins/${name}/, which is one on Tailchat’s own host: import the file, or write its address on the static host`,
                        };
        },
    },
];
/** Whether a text holds a path into the plugin’s folder on the gateway; its id, `@plugins/NAME`, is none. */
function holdsOwnPath(text, name) {
    return text.includes(`/plugins/${name}/`);
}

;// CONCATENATED MODULE: ./.build/src/rules/hosted.js
/** Rules about what hosts other than Tailchat's serve. */
const hostedRules = [
    {
        id: 'hosted/file-differs',
        title: 'The static host does not serve a file as it was built',
        why: 'Users who install the plugin get an older one, or none.',
        severity: 'error',
        mend: 'Upload bundle-dir again, empty the cache of the host, and let it give .js files a JavaScript type and .md files Access-Control-Allow-Origin.',
        bad: '200 text/plain with X-Content-Type-Options: nosniff',
        good: '200 text/javascript',
        *check({ file, asked }) {
            for (const { url, plugin, wrong } of asked)
                if (wrong.length > 0)
                    yield {
                        ...(plugin !== undefined && { plugin }),
                        file,
                        message: `${url} is not served as it should: it was answered with ${wrong.join(', ')}`,
                    };
        },
    },
    {
        id: 'hosted/script-type',
        title: 'A host serves a script without a JavaScript type',
        why: 'Browsers run it as long as no header forbids it, and any proxy may add that header.',
        severity: 'warning',
        mend: 'Let the host give .js files the type text/javascript.',
        bad: 'Content-Type: application/octet-stream',
        good: 'Content-Type: text/javascript',
        *check({ file, asked, elsewhere }) {
            for (const { url, plugin, looseType } of [...asked, ...elsewhere.map((each) => each.asked)])
                if (looseType !== undefined)
                    yield {
                        ...(plugin !== undefined && { plugin }),
                        file,
                        message: `${url} has the type ${looseType}, where a script should have text/javascript`,
                    };
        },
    },
    {
        id: 'hosted/page-for-missing',
        title: 'The static host answers 200 to a name that it does not have',
        why: 'A file that is missing looks as if it were there: the client gets a page and waits in vain, and no check of an upload can tell.',
        severity: 'error',
        mend: 'Turn off the host’s page for single-page applications: what is not there must be 404.',
        bad: 'GET /no-such-version/no.such.plugin/index.js → 200 text/html',
        good: 'GET /no-such-version/no.such.plugin/index.js → 404',
        *check({ file, publicUrl, madeUp }) {
            if (madeUp === 200)
                yield { file, message: `${publicUrl} answers 200 to a made-up name, where 404 is needed` };
        },
    },
    {
        id: 'hosted/not-https',
        title: 'Tailchat has https, and the static host has not',
        why: 'Browsers load nothing over http into a page that came over https.',
        severity: 'error',
        mend: 'Serve the files over https, and give that address as public-url.',
        bad: 'public-url: http://plugins.acme.example',
        good: 'public-url: https://plugins.acme.example',
        *check({ file, publicUrl, liveUrl, elsewhere }) {
            if (!liveUrl.startsWith('https:'))
                return;
            const message = (url) => `${url} is not https, and ${liveUrl} is: browsers load nothing of it into that page`;
            if (publicUrl.startsWith('http:'))
                yield { file, message: message(publicUrl) };
            for (const { asked, at } of elsewhere)
                if (asked.url.startsWith('http:'))
                    yield {
                        ...at,
                        ...(asked.plugin !== undefined && { plugin: asked.plugin }),
                        message: message(asked.url),
                    };
        },
    },
    {
        id: 'hosted/not-served',
        title: 'A plugin that is registered from another host is not served there',
        why: 'The plugin is offered, and installing it does nothing.',
        severity: 'error',
        mend: 'Correct the url of the entry, or ask whoever runs that host.',
        bad: '"url": "https://plugins.acme.example/com.acme.theme/index.js" // 404',
        good: '"url": "https://plugins.acme.example/1.0.0/com.acme.theme/index.js"',
        *check({ elsewhere }) {
            for (const { asked, at } of elsewhere)
                if (asked.wrong.length > 0)
                    yield {
                        ...at,
                        ...(asked.plugin !== undefined && { plugin: asked.plugin }),
                        message: `the plugin is registered from ${asked.url}, which was answered with ${asked.wrong.join(', ')}`,
                    };
        },
    },
];

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(6760);
// EXTERNAL MODULE: ./.build/src/formats/image-reference.js
var image_reference = __nccwpck_require__(6137);
// EXTERNAL MODULE: ./.build/src/lib/wording.js
var wording = __nccwpck_require__(1067);
// EXTERNAL MODULE: ./.build/src/lib/nearest.js
var nearest = __nccwpck_require__(5785);
// EXTERNAL MODULE: ./.build/src/workspace/deployment.js
var workspace_deployment = __nccwpck_require__(1442);
// EXTERNAL MODULE: ./.build/src/tailchat/layout.js
var layout = __nccwpck_require__(2876);
// EXTERNAL MODULE: ./.build/src/lib/text.js
var lib_text = __nccwpck_require__(2184);
// EXTERNAL MODULE: ./.build/src/rules/types.js
var types = __nccwpck_require__(1222);
// EXTERNAL MODULE: ./.build/src/tailchat/service-loader.js
var service_loader = __nccwpck_require__(7767);
;// CONCATENATED MODULE: ./.build/src/rules/compose.js









const composeRules = [
    {
        id: 'compose/invalid',
        title: 'A compose file is not valid YAML',
        why: 'Compose refuses to start anything from it.',
        severity: 'error',
        mend: 'Mend the YAML at the place that the finding names.',
        bad: 'services:\n  service-core:\n    environment: [',
        good: 'services:\n  service-core:\n    environment: []',
        *check({ workspace: { deployment } }) {
            for (const { problem } of deployment?.files ?? [])
                if (problem)
                    yield (0,types.at)(problem.position, {
                        message: `not valid YAML: ${problem.message}; compose starts nothing from this file`,
                    });
        },
    },
    {
        id: 'compose/plugins-not-loaded',
        title: 'No service of a compose file loads a plugin',
        why: 'The server starts without the plugin’s services and says nothing: every call of the plugin gets 404.',
        severity: 'warning',
        mend: 'Give one service `SERVICEDIR: plugins`, or all of them in one `SERVICEDIR: services,plugins`.',
        bad: `service-core:
  image: tailchat
  environment:
    SERVICEDIR: services`,
        good: `service-core:
  image: tailchat
  environment:
    SERVICEDIR: services
service-all-plugins:
  image: tailchat
  environment:
    SERVICEDIR: plugins`,
        *check({ workspace }) {
            // What a space hides is loaded once the space is gone: one finding is enough.
            if ([...serviceDirs(workspace)].some(({ value }) => directoryWithSpace(value) !== undefined))
                return;
            const owners = (0,workspace_deployment/* pluginOfService */.Ek)(workspace);
            for (const { loads, all } of stacks(workspace)) {
                const [first] = loads;
                const names = [
                    ...new Set([...owners].filter(([path]) => !all.has(path)).map(([, name]) => name)),
                ].sort();
                if (!first || names.length === 0)
                    continue;
                const none = [...owners.keys()].every((path) => !all.has(path));
                const found = loads.map(({ service, reason }) => `${service.name}: ${reason}`).join('; ');
                yield (0,types.at)(first.service.position, {
                    message: none
                        ? `no ${whatIsIn(first.file)} loads server/plugins (${found}): give one SERVICEDIR=plugins, or none of the ${owners.size} plugin services runs`
                        : `no ${whatIsIn(first.file)} loads services of ${names.join(', ')} (${found}): give one SERVICEDIR=plugins, or name them in SERVICES`,
                });
            }
        },
    },
    {
        id: 'compose/service-dir-space',
        title: 'SERVICEDIR has a space next to a comma',
        why: 'The server splits it at the comma and takes the space for a part of the directory’s name: there is no such directory, and nothing of it is loaded.',
        severity: 'error',
        mend: 'Write the directories without spaces; sync with fix does.',
        bad: 'SERVICEDIR: services, plugins',
        good: 'SERVICEDIR: services,plugins',
        *check({ workspace }) {
            for (const { value, source } of serviceDirs(workspace)) {
                const wrong = directoryWithSpace(value);
                if (wrong === undefined)
                    continue;
                const raw = source.file.text.slice(source.start, source.end);
                const trimmed = value.split(',').map((directory) => directory.trim());
                yield (0,types.at)((0,lib_text/* positionAt */.t$)(source.file, source.start), {
                    message: `SERVICEDIR is ${JSON.stringify(value)}, and no directory is named ${JSON.stringify(wrong)}: write ${trimmed.join(',')}, or nothing of it is loaded`,
                    // The spaces inside quotes go with those at a comma.
                    fix: {
                        edits: [
                            {
                                offset: source.start,
                                length: raw.length,
                                content: withTrimmedItems(raw),
                            },
                        ],
                    },
                });
            }
        },
    },
    {
        id: 'compose/service-dir-missing',
        title: 'SERVICEDIR names a directory that is not in server/',
        why: 'The server skips a directory that does not exist, and says nothing: its services do not run.',
        severity: 'warning',
        mend: 'Name directories of server/, such as services and plugins.',
        bad: 'SERVICEDIR: services,plugin',
        good: 'SERVICEDIR: services,plugins',
        *check({ workspace }) {
            // What else the server's directory holds comes with the base image, and is not known here.
            if (workspace.pluginsOnly)
                return;
            const names = workspace.deployment?.serverDirectories ?? [];
            for (const { value, source } of serviceDirs(workspace)) {
                for (const directory of value.split(',')) {
                    const [first = ''] = external_node_path_.posix.normalize(directory.trim()).split('/');
                    // What lies outside of the server's directory, or is mounted there, is not in the repository.
                    if (['', '.', '..', ...names].includes(first))
                        continue;
                    const near = (0,nearest/* nearest */.p)(first, names);
                    const start = startOfItem(source, directory.trim()) ?? source.start;
                    yield (0,types.at)((0,lib_text/* positionAt */.t$)(source.file, start), {
                        message: `SERVICEDIR names ${JSON.stringify(directory.trim())}, and there is no server/${first}${near ? ` (did you mean ${near}?)` : ''}: the server skips it without a word`,
                    });
                }
            }
        },
    },
    {
        id: 'compose/services-without-match',
        title: 'A pattern of SERVICES matches no service',
        why: 'Patterns are relative to SERVICEDIR: one that matches nothing there is a line in the log, and the service does not run.',
        severity: 'warning',
        mend: 'Write patterns relative to SERVICEDIR: `../plugins/…` where SERVICEDIR is services.',
        bad: `SERVICEDIR: services
SERVICES: core/*,plugins/com.acme.tickets/*.service.js`,
        good: `SERVICEDIR: services
SERVICES: core/*,../plugins/com.acme.tickets/*.service.js`,
        *check({ workspace }) {
            const { deployment, pluginsOnly } = workspace;
            // The server's own services come with the base image there.
            if (!deployment || pluginsOnly)
                return;
            const tree = (0,workspace_deployment/* serviceFiles */.BD)(workspace, deployment);
            for (const { service, reason } of (0,workspace_deployment/* composeLoads */.Gi)(workspace)) {
                if (reason === service_loader/* TOO_MANY_PATTERNS */.V4)
                    continue;
                const { serviceDir, services } = service;
                if (service.runs === 'other' || services.is !== 'known' || serviceDir.is === 'unknown')
                    continue;
                const directory = serviceDir.is === 'known' ? serviceDir.value : '';
                const directories = directory.split(',');
                for (const pattern of (0,service_loader/* splitPatterns */.sb)(services.value)) {
                    if (pattern === '' || /^(!|npm:|\/)/.test(pattern))
                        continue;
                    if (directories.some((each) => (0,service_loader/* filesOf */.R8)(each, pattern, tree).length > 0))
                        continue;
                    yield withoutMatch(services.source, pattern, { directory, tree });
                }
            }
        },
    },
    {
        id: 'compose/core-service-not-loaded',
        title: 'No service of a compose file loads a core service',
        why: 'It was added to server/services/core and not to SERVICES: whatever calls it fails with "Service is not found".',
        severity: 'warning',
        mend: 'Add it to SERVICES of the service that runs the core, or let SERVICEDIR take in the whole directory.',
        bad: `# server/services/core has gateway.service.ts and config.service.ts
SERVICES: core/gateway`,
        good: `# server/services/core has gateway.service.ts and config.service.ts
SERVICES: core/gateway,core/config`,
        *check({ workspace }) {
            const core = `${(0,service_loader/* fromServer */.Wj)(layout/* layout */.Zp.coreServices)}/`;
            const files = workspace.deployment?.serverServices.filter((file) => file.startsWith(core)) ?? [];
            for (const { loads, all } of stacks(workspace)) {
                const missing = files.filter((file) => !all.has(file));
                const runner = loads.find((each) => files.some((file) => each.loads?.has(file)));
                // A file without core services runs together with another one.
                const source = runner && sourceOf(runner.service.services);
                if (!source || missing.length === 0)
                    continue;
                yield (0,types.at)((0,lib_text/* positionAt */.t$)(source.file, source.start), {
                    message: `no ${whatIsIn(runner.file)} loads ${missing.map((file) => file.replace(/\.service\.js$/, '')).join(', ')}: add ${missing.length === 1 ? 'it' : 'them'} to SERVICES of ${runner.service.name}, or whatever calls ${missing.length === 1 ? 'it' : 'them'} fails`,
                });
            }
        },
    },
    {
        id: 'compose/transporter-differs',
        title: 'Services of one compose file use different transporters',
        why: 'They do not see each other: the plugins run, and neither /health nor the gateway knows them.',
        severity: 'warning',
        mend: 'Give all of them the same TRANSPORTER, best in the env file that they share.',
        bad: `service-core:
  environment:
    TRANSPORTER: redis://redis:6379
service-all-plugins:
  environment:
    TRANSPORTER: nats://nats:4222`,
        good: `service-core:
  env_file: docker-compose.env   # TRANSPORTER=redis://redis:6379
service-all-plugins:
  env_file: docker-compose.env`,
        *check({ workspace: { deployment } }) {
            for (const services of startedTogether(deployment)) {
                const servers = services.filter(({ runs }) => runs === 'server');
                const [first, ...others] = servers.filter(({ transporter }) => transporter.is !== 'unknown');
                if (!first)
                    continue;
                for (const other of others) {
                    const [expected, found] = [shown(first.transporter), shown(other.transporter)];
                    if (expected === found)
                        continue;
                    const source = sourceOf(other.transporter);
                    yield (0,types.at)(source ? (0,lib_text/* positionAt */.t$)(source.file, source.start) : other.position, {
                        message: `TRANSPORTER of ${other.name} is ${found}, and ${expected} of ${first.name}: make them equal, or the two do not see each other’s services`,
                    });
                }
            }
        },
    },
    {
        id: 'compose/volume-hides-plugins',
        title: 'A volume is mounted over what the image brings',
        why: 'What is mounted hides what the image has there: a named volume keeps the files of the first image that filled it, so new plugins and new bundles never arrive.',
        severity: 'warning',
        mend: 'Mount nothing over server/dist, server/plugins or the client; data belongs into the database and the file storage.',
        bad: `service-all-plugins:
  image: tailchat
  volumes:
    - plugins:/app/tailchat/server/dist/plugins`,
        good: `service-all-plugins:
  image: tailchat`,
        *check({ workspace: { deployment } }) {
            for (const { services } of deployment?.files ?? [])
                for (const { name, runs, mounts } of services)
                    for (const { target, position } of runs === 'other' ? [] : mounts)
                        if (HIDES.test(external_node_path_.posix.normalize(target)))
                            yield (0,types.at)(position, {
                                message: `${name} mounts something over ${target}, which hides what the image has there: take it out, or new plugins never arrive`,
                            });
        },
    },
    {
        id: 'compose/image-versions-differ',
        title: 'Services of one stack run different versions of the same image',
        why: 'A deploy of one of them leaves the others on old code: the gateway serves one version of a plugin, and its service is of another.',
        severity: 'warning',
        mend: 'Give all of them the same tag, best by one variable.',
        bad: `service-core:
  image: ghcr.io/acme/tailchat:1.4
service-all-plugins:
  image: ghcr.io/acme/tailchat:1.3`,
        good: `service-core:
  image: ghcr.io/acme/tailchat:1.4
service-all-plugins:
  image: ghcr.io/acme/tailchat:1.4`,
        *check({ workspace: { deployment } }) {
            for (const services of startedTogether(deployment)) {
                const images = services.flatMap(({ name, image }) => image && !image.text.includes('$') ? { name, ...image } : []);
                for (const [index, other] of images.entries()) {
                    const first = images.find(({ text }) => (0,image_reference/* nameOf */.Vb)(text) === (0,image_reference/* nameOf */.Vb)(other.text));
                    if (!first ||
                        first.text === other.text ||
                        images.findIndex(({ text }) => text === other.text) < index)
                        continue;
                    yield (0,types.at)(other.position, {
                        message: `${other.name} runs ${other.text}, and ${first.name} runs ${first.text}: give both the same version`,
                    });
                }
            }
        },
    },
    {
        id: 'compose/tracing-breaks-requests',
        title: 'The Node.js of the image breaks tracing, and tracing is on',
        why: 'moleculer before 0.14.25 measures time in a way that Node.js 20 and later refuse: every request ends with status 500.',
        severity: 'warning',
        mend: 'Set `DISABLE_TRACING=1` in the Dockerfile or where the image is run, or build on Node.js 18.',
        bad: 'FROM node:20-alpine',
        good: `FROM node:20-alpine
ENV DISABLE_TRACING=1`,
        *check({ workspace: { deployment, runtime } }) {
            const { base, moleculer, setsTracing } = runtime;
            if (!base ||
                setsTracing ||
                !isRecentNode(base.image) ||
                !/^0\.14\.(?:1?\d|2[0-4])$/.test(moleculer ?? ''))
                return;
            const servers = deployment?.files.flatMap(({ services }) => services.filter(({ runs }) => runs === 'server')) ?? [];
            const without = servers.filter(({ disableTracing }) => disableTracing.is === 'unset' ||
                (disableTracing.is === 'known' && !/^(?:1|true)$/.test(disableTracing.value)));
            if (servers.length > 0 && without.length === 0)
                return;
            const where = without.length > 0 ? ` of ${(0,wording/* listed */.KE)([...new Set(without.map(({ name }) => name))])}` : '';
            yield (0,types.at)(base.position, {
                message: `${base.image} has Node.js 20 or later, where the tracing of moleculer ${moleculer} answers every request with status 500: set DISABLE_TRACING=1 in the environment${where}`,
            });
        },
    },
];
function whatIsIn({ kind }) {
    return kind === 'compose' ? 'service of this file' : 'container of these manifests';
}
/** Directories of the image that a deploy changes: the server, its plugins, what the gateway serves. */
const HIDES = /(?:^|\/)(?:tailchat|server|server\/(?:dist|dist\/public|public)|server\/(?:plugins|dist\/plugins|dist\/services|(?:dist\/)?public\/plugins)(?:\/.*)?|server\/dist\/public\/registry(?:-be)?\.json)\/?$/;
/** Whether an image of Node.js certainly holds version 20 or later. */
function isRecentNode(image) {
    const [, tag] = /(?:^|\/)node(?::([\w.-]+))?(?:@.*)?$/.exec(image) ?? [];
    if (!/(?:^|\/)node(?=[:@]|$)/.test(image))
        return false;
    const major = /^\d+/.exec(tag ?? '')?.[0];
    return major === undefined
        ? /^(?:latest|lts|current|(?:lts-)?(?:iron|jod|krypton)|alpine|slim|bookworm|trixie)?(?:$|-)/.test(tag ?? '') && !/hydrogen|gallium|fermium/.test(tag ?? '')
        : Number(major) >= 20;
}
/** The services of each stack: of one compose file, or of the manifests in one directory. */
function startedTogether(deployment) {
    const stacks = new Map();
    for (const { stack, services } of deployment?.files ?? [])
        stacks.set(stack, [...(stacks.get(stack) ?? []), ...services]);
    return [...stacks.values()];
}
/** Returns the compose files that are complete and fully known: only there is a service certainly not loaded. */
function stacks(workspace) {
    const everything = (0,workspace_deployment/* composeLoads */.Gi)(workspace);
    const files = workspace.deployment?.files ?? [];
    return [...new Set(files.map(({ stack }) => stack))].flatMap((stack) => {
        const loads = everything.filter((each) => each.file.stack === stack && each.service.runs !== 'other');
        if (loads.length === 0 || loads.some((each) => each.file.isPartial || !each.loads))
            return [];
        return [{ loads, all: new Set(loads.flatMap((each) => [...(each.loads ?? [])])) }];
    });
}
/** Every SERVICEDIR that is written down, each place once: services share env files. */
function serviceDirs({ deployment }) {
    const variables = [
        ...(deployment?.files ?? []).flatMap(({ services }) => services.map(({ serviceDir }) => serviceDir)),
        ...(deployment?.envFiles ?? []).map((file) => file.variables.get('SERVICEDIR')),
    ];
    const places = new Map();
    for (const variable of variables)
        if (variable?.is === 'known')
            places.set(`${variable.source.start} ${variable.source.file.path}`, variable);
    return [...places.values()];
}
function withoutMatch(source, pattern, { directory, tree }) {
    const start = startOfItem(source, pattern);
    const position = (0,lib_text/* positionAt */.t$)(source.file, start ?? source.start);
    const where = directory === ''
        ? 'server/dist'
        : directory
            .split(',')
            .map((each) => `server/dist/${each}`)
            .join(', ');
    const better = `../${pattern}`;
    // One directory, one level deep: from there the root of the tree is one step up, and nowhere else.
    const isOneStep = /^[\w-]+$/.test(directory) && (0,service_loader/* filesOf */.R8)(directory, better, tree).length > 0;
    if (isOneStep)
        return (0,types.at)(position, {
            message: `SERVICES has ${JSON.stringify(pattern)}, which is looked for in ${where} and not found: write ${JSON.stringify(better)}, or it is not loaded`,
            ...(start !== undefined && {
                fix: { edits: [{ offset: start, length: pattern.length, content: better }] },
            }),
        });
    const prefix = directory === '' ? '' : `${external_node_path_.posix.normalize(directory)}/`;
    const known = tree.flatMap((file) => file.startsWith(prefix) ? [file.slice(prefix.length).replace(/\.service\.js$/, '')] : []);
    const near = (0,nearest/* nearest */.p)(pattern, known);
    return (0,types.at)(position, {
        message: `SERVICES has ${JSON.stringify(pattern)}, which matches no service in ${where}${near ? ` (did you mean ${near}?)` : ''}: it is not loaded`,
    });
}
/** A list with commas, quoted or not, without the spaces around its items. */
function withTrimmedItems(raw) {
    const quote = /^["']/.exec(raw)?.[0] ?? '';
    const items = raw.slice(quote.length, raw.length - quote.length).split(',');
    return quote + items.map((item) => item.trim()).join(',') + quote;
}
/** Where each item of a list with commas is written; one in which escapes stand is not found. */
const knownItems = new WeakMap();
function startOfItem(source, item) {
    const items = knownItems.get(source) ?? itemsOf(source);
    knownItems.set(source, items);
    return items.get(item);
}
function itemsOf({ file, start, end }) {
    const items = new Map();
    let offset = start;
    for (const part of file.text.slice(start, end).split(',')) {
        let [first, last] = [0, part.length];
        while (first < last && /[\s'"]/.test(part[first] ?? ''))
            first++;
        while (first < last && /[\s'"]/.test(part[last - 1] ?? ''))
            last--;
        const item = part.slice(first, last);
        if (!items.has(item))
            items.set(item, offset + first);
        offset += part.length + 1;
    }
    return items;
}
function sourceOf(variable) {
    return variable.is === 'known' ? variable.source : undefined;
}
function shown(variable) {
    return variable.is === 'known' ? JSON.stringify(variable.value) : 'not set';
}
function directoryWithSpace(serviceDir) {
    return serviceDir.split(',').find((directory) => directory !== directory.trim());
}

// EXTERNAL MODULE: ./.build/src/declarations/desired.js
var declarations_desired = __nccwpck_require__(3167);
// EXTERNAL MODULE: ./.build/src/registrations/install-list-edit.js
var install_list_edit = __nccwpck_require__(9731);
;// CONCATENATED MODULE: ./.build/src/rules/install-list.js







/** Rules about the names behind plugin:install, wherever the build runs it. */
const installListRules = [
    {
        id: 'install-list/unknown-plugin',
        title: 'plugin:install names a plugin that is not under server/plugins',
        why: 'The install script drops the name and succeeds: the plugin’s services run, and no one can install it.',
        severity: 'error',
        mend: 'Correct the name, or take it out of the list.',
        bad: 'pnpm run plugin:install com.acme.tikets',
        good: 'pnpm run plugin:install com.acme.tickets',
        *check({ workspace, desired }) {
            const renamed = new Set(desired.plugins.map(({ renamedFrom }) => renamedFrom));
            const server = new Set(workspace.plugins.filter(({ kind }) => kind !== 'frontend').map(({ name }) => name));
            const frontend = new Set(workspace.plugins.filter(({ kind }) => kind === 'frontend').map(({ name }) => name));
            for (const { name, position, replace } of installNames(workspace)) {
                if (name === 'all' || server.has(name) || renamed.has(name))
                    continue;
                const near = suggestion(name, server);
                yield (0,types.at)(position, {
                    plugin: name,
                    message: frontend.has(name)
                        ? `${name} is a frontend plugin: plugin:install drops it without a word; offer it in ${layout/* layout */.Zp.registryJson} instead`
                        : misplacedHint(workspace, name) ||
                            `there is no server/plugins/${name}${near}: plugin:install drops the name without a word; remove it, or add the plugin${renamedHint(desired, name)}`,
                    // A slip of the pen is not taken out: another plugin is meant.
                    ...(near === '' &&
                        !frontend.has(name) &&
                        misplacedHint(workspace, name) === '' && { fix: replace([]) }),
                });
            }
        },
    },
    {
        id: 'install-list/backend-plugin',
        title: 'plugin:install names a plugin without a browser side',
        why: 'The install script reads the manifest of its web part, finds none, and the build dies.',
        severity: 'error',
        mend: 'Name only plugins with a web part, one by one.',
        bad: 'pnpm run plugin:install all',
        good: 'pnpm run plugin:install com.acme.tickets com.acme.polls',
        *check({ workspace }) {
            const backend = new Set(workspace.plugins.filter(({ kind }) => kind === 'backend').map(({ name }) => name));
            for (const { name, position, replace } of installNames(workspace)) {
                if (name === 'all' && backend.size > 0)
                    yield (0,types.at)(position, {
                        message: `plugin:install all stops at the backend plugins ${[...backend].join(', ')}, which have no web part: name the full-stack plugins one by one`,
                        ...expandAll(workspace, replace),
                    });
                if (backend.has(name))
                    yield (0,types.at)(position, {
                        plugin: name,
                        message: `${name} has no web part to install, and the build dies at it: take it out of the list (its services load without)`,
                        fix: replace([]),
                    });
            }
        },
    },
    {
        id: 'install-list/empty',
        title: 'plugin:install is run without a name',
        why: 'It prints how it is used and succeeds; the build dies later, when it copies bundles that were never built.',
        severity: 'error',
        mend: 'Name the full-stack plugins, or take out the command together with the copying behind it.',
        bad: 'pnpm run plugin:install && cp -r ./public/plugins ./dist/public',
        good: 'pnpm run plugin:install com.acme.tickets && cp -r ./public/plugins ./dist/public',
        *check({ workspace, desired }) {
            const offerable = desired.plugins.flatMap(({ plugin }) => plugin.kind === 'fullstack' && (0,declarations_desired/* canBeOffered */.fq)(plugin) ? plugin.name : []);
            const named = offerable.length === 0 ? 'a full-stack plugin' : (0,wording/* listed */.KE)(offerable, SHOWN);
            for (const { file, script, commandEnd } of emptyLists(workspace, desired))
                yield (0,types.at)((0,lib_text/* positionAt */.t$)(file, commandEnd), {
                    message: `plugin:install in ${script === undefined ? `the ${file.path}` : JSON.stringify(script)} names no plugin, so it makes no public/plugins, and the build dies where it copies that behind it: name what is to be installed (${named}), or take out both`,
                });
        },
    },
];
const SHOWN = 20;
/** The commands that name no plugin although the build copies what they make, where none of them names any. */
function emptyLists({ installLists }, desired) {
    if (installLists.some(({ names, problem }) => names.length > 0 || problem !== undefined))
        return [];
    // Sync is about to name one.
    if (desired.plugins.some(({ wanted }) => wanted.install))
        return [];
    return installLists.filter(({ behind }) => /\bpublic\/(plugins|registry-be\.json)/.test(behind));
}
/** The names of all lists. */
function installNames({ installLists }) {
    return installLists.flatMap((list) => list.names.map(({ name, start, end }, index) => ({
        name,
        position: (0,lib_text/* positionAt */.t$)(list.file, start),
        replace: (names) => (0,types/* fixLater */.K)(() => names.length === 0
            ? (0,install_list_edit/* removeInstallNames */.Mt)(list, (_, each) => each === index)
            : [{ offset: start, length: end - start, content: (0,install_list_edit/* renderNames */.pj)(list, names) }]),
    })));
}
/** What stands for `all`: the plugins that have something to install and something that production loads. */
function expandAll(workspace, replace) {
    const listed = installNames(workspace).map(({ name }) => name);
    const names = workspace.plugins
        .filter((plugin) => plugin.kind === 'fullstack' && (0,declarations_desired/* canBeOffered */.fq)(plugin) && !listed.includes(plugin.name))
        .map(({ name }) => name);
    return names.length === 0 || !names.every(install_list_edit/* isSafeInShell */.VZ) ? {} : { fix: replace(names) };
}
/**
 * What to declare where a plugin may have been renamed, as the end of a message: this one has no directory any more,
 * and exactly one with a browser side is listed nowhere.
 */
function renamedHint({ plugins }, name) {
    const unlisted = plugins.filter(({ plugin, today }) => (0,declarations_desired/* canBeOffered */.fq)(plugin) && !(0,declarations_desired/* isOffered */.kd)(today));
    const [only, ...more] = unlisted;
    return only && more.length === 0
        ? `; if ${only.plugin.name} is what it is called now, declare \`renamed-from: ${name}\` for it`
        : '';
}
/** What to do about a name whose plugin is in a directory that nothing reads; empty where it is in none. */
function misplacedHint({ misplacedPlugins }, name) {
    const directory = misplacedPlugins.find((plugin) => plugin.name === name)?.directory;
    return directory === undefined
        ? ''
        : `${name} is in ${directory}, which nothing reads: move it to its place (plugin/misplaced)`;
}
/** The plugin that was probably meant, as the end of a message. */
function suggestion(name, names) {
    const near = (0,nearest/* nearestPlugin */.y)(name, names);
    return near ? ` (did you mean ${near}?)` : '';
}

;// CONCATENATED MODULE: ./.build/src/rules/declarations.js



/** The declarations file that is read where the input names no other. */
const DECLARATIONS = 'tailchat-plugins.yml';
const declarationRules = [
    {
        id: 'declarations/invalid',
        title: 'The declarations file has a mistake',
        why: 'A declaration that is not understood would be ignored in silence.',
        severity: 'error',
        mend: 'Write what the message says is allowed there.',
        bad: `version: 1
plugins:
  com.acme.theme: { ofer: registry }`,
        good: `version: 1
plugins:
  com.acme.theme: { offer: registry }`,
        *check({ desired: { declarations } }) {
            for (const { position, message } of declarations.problems)
                yield (0,types.at)(position, { message });
        },
    },
    {
        id: 'declarations/misnamed',
        title: 'The declarations file has another name than the one that is read',
        why: 'Everything that it declares is ignored in silence.',
        severity: 'error',
        mend: 'Rename it to tailchat-plugins.yml, or name it in the input `declarations`; sync with fix renames it.',
        bad: 'tailchat-plugins.yaml',
        good: 'tailchat-plugins.yml',
        *check({ workspace: { misnamedDeclarations: file }, desired: { declarations } }) {
            if (file === undefined || declarations.file !== undefined)
                return;
            yield {
                file,
                message: `${file} is not read: rename it to ${DECLARATIONS}, or set the input declarations to ${file}`,
                ...(/\.ya?ml$/i.test(file) && { fix: { rename: DECLARATIONS } }),
            };
        },
    },
    {
        id: 'declarations/unknown-plugin',
        title: 'A declared plugin is not in the tree',
        why: 'It is expected in the image and will never be there.',
        severity: 'error',
        mend: 'Add the plugin, or remove its declaration.',
        bad: `plugins:
  com.acme.gone: { offer: registry }`,
        good: `plugins:
  com.acme.theme: { offer: registry }`,
        *check({ workspace, desired: { declarations } }) {
            const names = workspace.plugins.map(({ name }) => name);
            for (const [name, { position }] of declarations.plugins) {
                if (names.includes(name))
                    continue;
                const near = (0,nearest/* nearestPlugin */.y)(name, names);
                yield (0,types.at)(position, {
                    plugin: name,
                    message: misplacedHint(workspace, name) ||
                        `${name} is neither in client/web/plugins nor in server/plugins${workspace.pluginsOnly ? ' nor in plugins' : ''}${near ? ` (did you mean ${near}?)` : ''}: add the plugin, or remove it from this file`,
                });
            }
        },
    },
    {
        id: 'declarations/old-name-in-use',
        title: 'A plugin is declared to be renamed from one that is still there',
        why: 'Its entries in the registration files are those of the other plugin, so none is renamed.',
        severity: 'error',
        mend: 'Remove `renamed-from`, or the directory with the old name.',
        bad: `# client/web/plugins has both
com.acme.colours: { renamed-from: com.acme.theme }`,
        good: `# client/web/plugins has com.acme.colours only
com.acme.colours: { renamed-from: com.acme.theme }`,
        *check({ workspace, desired: { declarations } }) {
            for (const [name, { renamedFrom, position }] of declarations.plugins) {
                const old = workspace.plugins.find((plugin) => plugin.name === renamedFrom);
                if (old)
                    yield (0,types.at)(position, {
                        plugin: name,
                        message: `renamed-from: ${old.name} is still in ${old.directory}: remove that directory, or this line`,
                    });
            }
        },
    },
    {
        id: 'declarations/nothing-to-offer',
        title: 'A backend plugin is declared to be offered',
        why: 'It has no browser side, so there is nothing that a user could install.',
        severity: 'error',
        mend: 'Remove `offer`: the services of a backend plugin load without.',
        bad: 'com.acme.audit: { offer: registry }',
        good: 'com.acme.audit: {}',
        *check({ workspace, desired: { declarations } }) {
            // A frontend plugin may have its backend in a plugin of the same name: then the offer is meant for it.
            const offerable = new Set(workspace.plugins.filter(({ web }) => web).map(({ name }) => name));
            for (const plugin of workspace.plugins) {
                const declaration = declarations.plugins.get(plugin.name);
                if (offerable.has(plugin.name) || !declaration?.offer || declaration.offer.includes('hidden'))
                    continue;
                yield (0,types.at)(declaration.position, {
                    plugin: plugin.name,
                    message: `${plugin.name} has no web part, so it cannot be offered as ${declaration.offer.join(', ')}: remove \`offer\` (its services load without)`,
                });
            }
        },
    },
];

;// CONCATENATED MODULE: external "node:module"
const external_node_module_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:module");
// EXTERNAL MODULE: ./.build/src/source/imports.js
var imports = __nccwpck_require__(1411);
// EXTERNAL MODULE: ./.build/src/formats/json.js
var json = __nccwpck_require__(6916);
// EXTERNAL MODULE: ./.build/src/registrations/lockfile.js
var lockfile = __nccwpck_require__(4233);
// EXTERNAL MODULE: ./.build/src/source/server-code.js
var server_code = __nccwpck_require__(998);
;// CONCATENATED MODULE: ./.build/src/rules/dependencies.js








const dependencyRules = [
    {
        id: 'dependency/undeclared',
        title: 'A service imports a package that no package.json declares',
        why: 'The server’s build succeeds; then the process that loads the plugins stops with "Cannot find module", and every plugin is down.',
        severity: 'error',
        mend: 'Add the package to the dependencies of the plugin’s package.json, and run `pnpm install --lockfile-only`.',
        bad: `import QRCode from 'qrcode'
// package.json of the plugin: "dependencies": {}`,
        good: `import QRCode from 'qrcode'
// package.json of the plugin: "dependencies": { "qrcode": "^1.5.3" }`,
        *check({ workspace: { plugins, rootPackage, installation } }) {
            const { serverPackage, sdkPackage, isHoisted } = installation;
            // Without the server's package.json this is no whole repository; hoisted, packages of packages resolve too.
            if (!(0,json/* asObject */.eB)(serverPackage?.value) || isHoisted)
                return;
            const around = new Set([
                ...declaredIn(serverPackage),
                ...declaredIn(rootPackage),
                ...external_node_module_namespaceObject.builtinModules,
                ...((0,lockfile/* isSdkPackage */.du)(sdkPackage) ? [lockfile/* SDK */.hp] : []),
            ]);
            for (const plugin of plugins) {
                if (plugin.kind === 'frontend')
                    continue;
                for (const file of plugin.sources) {
                    const relative = file.path.slice(plugin.directory.length + 1);
                    if (!(0,server_code/* isCompiled */.w)(relative) || !/\.tsx?$/.test(relative) || isTest(relative))
                        continue;
                    const declared = declaredFor(plugin, file.path);
                    const isUndeclared = (name) => !around.has(name) && declared !== undefined && !declared.has(name);
                    // Reading the statements takes a text without comments: that is only worth it where one may be wrong.
                    if (!(0,imports/* mentionedPackages */.FO)(file.text).some(isUndeclared))
                        continue;
                    for (const { package: name, specifier, start } of (0,imports/* packageImports */.Tk)(file))
                        if (isUndeclared(name))
                            yield (0,types.at)((0,lib_text/* positionAt */.t$)(file, start), {
                                plugin: plugin.name,
                                message: `${JSON.stringify(specifier)} is imported, and neither ${plugin.directory}/package.json nor ${layout/* layout */.Zp.serverPackageJson} declares ${name}: add it to the plugin’s dependencies, or the process that loads this file stops with "Cannot find module"`,
                            });
                }
            }
        },
    },
];
/**
 * Returns the packages that a plugin's file can import in addition to those of the server: everything that a package.json
 * between the file and the plugin's directory declares. Development dependencies count, since the image installs them
 * (Dockerfile). `undefined` when one of these files cannot be read.
 */
function declaredFor({ packages }, path) {
    const above = packages.filter((file) => path.startsWith(file.path.slice(0, -'package.json'.length)));
    if (above.some(({ value }) => !(0,json/* asObject */.eB)(value)))
        return undefined;
    return new Set(above.flatMap((file) => [...declaredIn(file)]));
}
function declaredIn(file) {
    return ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'].flatMap((field) => Object.keys((0,json/* asObject */.eB)((0,json/* ownValue */.eC)(file?.value, field)) ?? {}));
}
function isTest(relative) {
    return /(^|\/)(tests?|__tests__|__mocks__)\/|\.(spec|test)\.tsx?$/.test(relative);
}

// EXTERNAL MODULE: ./.build/src/rules/image.js
var rules_image = __nccwpck_require__(8330);
;// CONCATENATED MODULE: ./.build/src/rules/live.js

/** Rules about what a running server loads and serves. */
const liveRules = [
    {
        id: 'live/gateway-silent',
        title: 'The running server does not answer /health',
        why: 'Nothing can be said about it; most likely, users see nothing either.',
        severity: 'error',
        mend: 'Look at the address in live-url, at the proxy before the server, and at the log of the gateway’s container.',
        bad: 'live-url: https://chat.acme.example/login # a page, not the server',
        good: 'live-url: https://chat.acme.example',
        *check({ file, result: { health, instead }, timeoutSeconds }) {
            if (!health)
                yield {
                    file,
                    message: `/health did not answer with a list of services within ${timeoutSeconds} s (the last time: ${instead ?? 'nothing'})`,
                };
        },
    },
    {
        id: 'live/gateway-old',
        title: 'The gateway that answers is not the one of the image',
        why: 'The roll-out has not reached it: users still get what was there before.',
        severity: 'error',
        mend: 'Pull the image and start the container again. Where the server’s own environment sets VERSION, take it out: it hides the image’s.',
        bad: 'docker compose pull # and no docker compose up --detach',
        good: 'docker compose pull && docker compose up --detach',
        *check({ file, result: { gateway }, promise: { reference } }) {
            if (gateway.is === 'old')
                yield { file, message: `the gateway is not the one of ${reference}: ${gateway.reason}` };
        },
    },
    {
        id: 'live/service-missing',
        title: 'The running server does not list a service that it should load',
        why: 'Calls of the plugin get 404 or 504.',
        severity: 'error',
        mend: 'Look at SERVICEDIR, TRANSPORTER and NAMESPACE of the container that should load it, and at its log.',
        bad: 'SERVICEDIR=services # in every container',
        good: 'SERVICEDIR=plugins # in one of them',
        *check({ file, rows, promise }) {
            for (const row of rows) {
                if (!row.expected || row.loaded !== false)
                    continue;
                const line = promise.services?.find(({ name }) => name === row.name)?.line;
                yield {
                    ...(row.plugin !== undefined && { plugin: row.plugin }),
                    file: row.file ?? file,
                    ...(row.file !== undefined && line !== undefined && { line }),
                    message: `the running server lacks ${row.name} of ${promise.reference}: ${row.reason}`,
                };
            }
        },
    },
    {
        id: 'live/service-unexpected',
        title: 'The running server lists a plugin’s service that nothing here promises',
        why: 'Another node on the same message bus brings it, or a container of an earlier image still runs.',
        severity: 'notice',
        mend: 'Nothing, where another repository deploys it; otherwise stop the container that loads it.',
        bad: 'A container of last month’s image on the same TRANSPORTER',
        good: 'Only containers that are still deployed',
        *check({ file, rows, promise }) {
            if (!promise.services)
                return;
            for (const { name, expected, loaded } of rows)
                if (!expected && loaded)
                    yield {
                        file,
                        message: `the running server lists ${name}, which ${promise.reference} does not have`,
                    };
        },
    },
    {
        id: 'live/file-differs',
        title: 'The running server does not serve a bundle or a plugin registry file as it should',
        why: 'Users load an older plugin, or none: a gateway answers what it does not have with 200 and a page, and a cache in front of it keeps what it has for a day.',
        severity: 'error',
        mend: 'Start every gateway with the image, take volumes away that lie over dist/public, and empty the cache in front of the server.',
        bad: 'A CDN that keeps /plugins/com.acme.theme/index.js over a roll-out',
        good: 'A CDN that is told to forget it, or asks the server each time',
        *check({ file, result: { files }, promise: { reference } }) {
            for (const each of files)
                if (each.wrong.length > 0)
                    yield {
                        ...(each.plugin !== undefined && { plugin: each.plugin }),
                        file,
                        message: `${each.path} is ${each.sometimes ? 'only sometimes ' : 'not '}${wanted(each, reference)}: ${each.sometimes ? 'other answers were' : 'it was answered with'} ${each.wrong.join(', ')}`,
                    };
        },
    },
    {
        id: 'live/not-available',
        title: 'A service does not answer /available to everybody',
        why: 'The plugin’s web part asks it to know whether it can be used: with any other answer than 200 it hides itself.',
        severity: 'error',
        mend: 'With 401, restart the container that loads the plugin: its open routes are forgotten when the gateway restarts alone. With 404 or 504, its container does not run any more.',
        bad: 'docker compose restart gateway',
        good: 'depends_on: { gateway: { condition: service_started, restart: true } }',
        *check({ file, promise, result: { available } }) {
            for (const { service, answer } of available) {
                if (answer === 200)
                    continue;
                const known = promise.services?.find(({ name }) => name === service);
                yield {
                    ...(known?.plugin !== undefined && { plugin: known.plugin }),
                    file: known?.file ?? file,
                    message: `${(0,gateway/* availablePath */.Nj)(service)} ${typeof answer === 'number' ? `answers ${answer}` : `was not answered (${answer})`} without a login${answer === 401 ? ': restart the plugin’s container; its open routes are forgotten when the gateway restarts alone' : ', where the plugin’s web part needs 200'}`,
                };
            }
        },
    },
];
function wanted({ sha256, plugin }, reference) {
    if (sha256 !== undefined)
        return `the file of ${reference}`;
    return plugin === undefined ? 'a list in JSON' : `a bundle of ${plugin}`;
}

// EXTERNAL MODULE: ./.build/src/lib/glob.js
var lib_glob = __nccwpck_require__(7889);
;// CONCATENATED MODULE: ./.build/src/rules/overrides.js
/** Reads the overrides as the lockfile has them, where references such as `$name` are resolved already. */
function parseOverrides(overrides) {
    return [...overrides].map(([key, value]) => {
        // As pnpm does: a > that begins a range, as in `name@>=4`, separates nothing.
        const at = key.search(/[^ |@]>/);
        return at === -1
            ? { parent: undefined, target: selector(key), value }
            : { parent: selector(key.slice(0, at + 1)), target: selector(key.slice(at + 2)), value };
    });
}
/**
 * What the lockfile may have for a dependency of a package after the overrides; `any` where that can't be told.
 * Whether a selector's range and a dependency's have a version in common is decided for the usual ranges; for the
 * others, both outcomes are accepted: a miss then, never a false alarm.
 * @param owner the package that has the dependency
 */
function expectedSpecifiers(overrides, owner, { name, specifier }) {
    const found = overrides
        .filter(({ target }) => target.name === name)
        .map((override) => ({ override, applies: appliesTo(override, owner, specifier) }))
        .filter(({ applies }) => applies !== 'no');
    // Those for a parent win over the general ones, and among equals the one with the narrowest range.
    const forParent = found.filter(({ override }) => override.parent);
    const certain = forParent.filter(({ applies }) => applies === 'yes');
    const decisive = certain.length > 0 ? certain : found;
    if (decisive.some(({ override }) => /^(link:|file:|-$)/.test(override.value)))
        return 'any';
    const values = decisive.map(({ override }) => override.value);
    return [...new Set(decisive.some(({ applies }) => applies === 'yes') ? values : [...values, specifier])];
}
function appliesTo({ parent, target }, owner, specifier) {
    if (parent && parent.name !== owner.name)
        return 'no';
    const answers = [
        parent?.range === undefined ? 'yes' : intersect(parent.range, owner.version ?? ''),
        target.range === undefined ? 'yes' : intersect(target.range, specifier),
    ];
    return answers.includes('no') ? 'no' : answers.includes('unknown') ? 'unknown' : 'yes';
}
function selector(text) {
    const at = text.indexOf('@', 1);
    return at === -1 ? { name: text, range: undefined } : { name: text.slice(0, at), range: text.slice(at + 1) };
}
/** Whether two ranges have a version in common. */
function intersect(a, b) {
    if (a === b)
        return 'yes';
    const [first, second] = [intervalOf(a), intervalOf(b)];
    if (first === 'none' || second === 'none')
        return 'no';
    if (!first || !second)
        return 'unknown';
    return isBefore(first.from, second.to) && isBefore(second.from, first.to) ? 'yes' : 'no';
}
/** The interval of a range such as `^1.2.3`, `~1.2`, `1.x`, `>=2` or `*`; `none` for what is no range at all. */
function intervalOf(range) {
    const end = [Infinity, 0, 0];
    if (/^[*xX]?$/.test(range))
        return { from: [0, 0, 0], to: end };
    // A tag, a url, or another protocol such as workspace: or npm:.
    if (/^[a-z][\w-]*(:|$)/i.test(range) && !/^v\d/.test(range))
        return 'none';
    const match = /^(\^|~|>=|=|v)?\s*(\d+)(?:\.(\d+|[xX*]))?(?:\.(\d+|[xX*]))?$/.exec(range);
    if (!match)
        return undefined;
    const [, operator = '=', ...parts] = match;
    const [major = 0, minor, patch] = parts.map((part) => (part === undefined ? undefined : Number(part)));
    const from = [major, minor || 0, patch || 0];
    const isPartial = (part) => part === undefined || Number.isNaN(part);
    if (operator === '>=')
        return { from, to: end };
    // ^0.2.3 goes up to 0.3.0, and ^0.0.3 up to 0.0.4.
    if (operator === '^' && (major > 0 || isPartial(minor)))
        return { from, to: [major + 1, 0, 0] };
    if (isPartial(minor))
        return { from, to: [major + 1, 0, 0] };
    const [, second, third] = from;
    const oneMinor = operator === '~' || isPartial(patch) || (operator === '^' && second > 0);
    return { from, to: oneMinor ? [major, second + 1, 0] : [major, second, third + 1] };
}
function isBefore(a, b) {
    for (const index of [0, 1, 2])
        if (a[index] !== b[index])
            return a[index] < b[index];
    return false;
}

;// CONCATENATED MODULE: ./.build/src/rules/lockfile.js







const REFRESH = 'run `pnpm install --lockfile-only` and commit pnpm-lock.yaml';
const SYNC = 'run sync, or `pnpm install --lockfile-only`, and commit pnpm-lock.yaml';
function outcomeIn({ frozenInstall, unfrozenInstall }) {
    if (unfrozenInstall)
        return {
            severity: 'warning',
            otherwise: `or the image gets other versions than were tried (the Dockerfile’s \`pnpm install\` in line ${unfrozenInstall.line} is without --frozen-lockfile, so it looks for new ones)`,
        };
    return frozenInstall
        ? {
            otherwise: `or the Dockerfile’s \`pnpm install --frozen-lockfile\` in line ${frozenInstall.line} fails`,
        }
        : { otherwise: 'or an installation with --frozen-lockfile fails' };
}
const lockfileRules = [
    {
        id: 'lockfile/missing',
        title: 'The Dockerfile installs from a lockfile that is not there',
        why: '`pnpm install --frozen-lockfile` stops at once when there is no pnpm-lock.yaml.',
        severity: 'warning',
        mend: 'Run `pnpm install --lockfile-only` and commit pnpm-lock.yaml.',
        bad: `Dockerfile        RUN pnpm install --frozen-lockfile
package.json`,
        good: `Dockerfile        RUN pnpm install --frozen-lockfile
package.json
pnpm-lock.yaml`,
        *check({ workspace: { installation } }) {
            if (!installation.lockfile && installation.frozenInstall)
                yield (0,types.at)(installation.frozenInstall, {
                    message: `this line needs ${layout/* layout */.Zp.pnpmLock}, which is not in the repository: ${REFRESH}, or the image’s build fails here`,
                });
        },
    },
    {
        id: 'lockfile/merge-conflict',
        title: 'The lockfile has an unresolved merge conflict',
        why: 'pnpm cannot read it: `pnpm install --frozen-lockfile` stops with ERR_PNPM_BROKEN_LOCKFILE.',
        severity: 'error',
        mend: 'Run `pnpm install --lockfile-only`, which resolves the conflict, and commit pnpm-lock.yaml.',
        bad: `<<<<<<< HEAD
  server/plugins/com.acme.tickets:
=======`,
        good: '  server/plugins/com.acme.tickets:',
        *check({ workspace: { installation } }) {
            const position = installation.lockfile?.conflict;
            if (!position)
                return;
            const { otherwise, ...outcome } = outcomeIn(installation);
            yield (0,types.at)(position, { ...outcome, message: `a merge conflict is left here: ${REFRESH}, ${otherwise}` });
        },
    },
    {
        id: 'lockfile/not-checked',
        title: 'The lockfile could not be compared with the packages',
        why: 'A lockfile that does not fit every package.json stops the image’s build minutes after it began, and that can’t be ruled out here.',
        severity: 'notice',
        mend: 'Write the lockfile with pnpm 8, 9 or 10, as Tailchat does; or run `pnpm install --frozen-lockfile` in a step of its own.',
        bad: 'lockfileVersion: 5.4',
        good: "lockfileVersion: '6.0'",
        *check({ workspace: { installation } }) {
            const { lockfile, workspace: globs } = installation;
            if (lockfile && globs?.unreadable !== undefined)
                yield {
                    file: globs.path,
                    line: 1,
                    column: 1,
                    message: `${layout/* layout */.Zp.pnpmLock} was compared with the root’s package.json only: of this file nothing was read, since ${globs.unreadable}`,
                };
            if (lockfile && !lockfile.conflict && 'unreadable' in lockfile.contents)
                yield (0,types.at)(lockfile.contents.position, {
                    message: `not checked against any package.json: ${lockfile.contents.unreadable}`,
                });
        },
    },
    {
        id: 'lockfile/pnpm-version',
        title: 'The lockfile is of a format that the pnpm in use does not read',
        why: 'pnpm 10 refuses format 6 (ERR_PNPM_LOCKFILE_BREAKING_CHANGE), pnpm 8 ignores format 9: either way `pnpm install --frozen-lockfile` fails.',
        severity: 'error',
        mend: 'Install the pnpm that wrote the lockfile, or write the lockfile again with the one that is installed.',
        bad: `Dockerfile       RUN npm install -g pnpm@10
pnpm-lock.yaml   lockfileVersion: '6.0'`,
        good: `Dockerfile       RUN npm install -g pnpm@8.15.8
pnpm-lock.yaml   lockfileVersion: '6.0'`,
        *check({ workspace: { installation } }) {
            const { lockfile, pnpmVersions } = installation;
            const version = lockfile?.version;
            const readers = version === undefined ? undefined : READERS[version];
            // One pnpm can hand over to another (packageManager): only when all of them fail is it certain.
            if (!readers || pnpmVersions.some((each) => isReader(readers, Number.parseInt(each.version))))
                return;
            const [first] = pnpmVersions;
            const { otherwise, ...outcome } = outcomeIn(installation);
            if (first)
                yield (0,types.at)(first.position, {
                    ...outcome,
                    message: `pnpm ${first.version} does not read ${layout/* layout */.Zp.pnpmLock} of format ${version}, which is of pnpm ${readersInWords(readers)}: name such a version here, or write the lockfile again with this one (\`pnpm install --lockfile-only\`), ${otherwise}`,
                });
        },
    },
    {
        id: 'lockfile/overrides-mismatch',
        title: 'The overrides of package.json are not those of the lockfile',
        why: '`pnpm install --frozen-lockfile` stops with ERR_PNPM_LOCKFILE_CONFIG_MISMATCH.',
        severity: 'error',
        mend: 'Run `pnpm install --lockfile-only` after every change of `pnpm.overrides`.',
        bad: `package.json     "overrides": { "got": "11.8.6" }
pnpm-lock.yaml   overrides:
                   got: 11.8.3`,
        good: `package.json     "overrides": { "got": "11.8.6" }
pnpm-lock.yaml   overrides:
                   got: 11.8.6`,
        *check({ workspace }) {
            const { rootPackage, installation } = workspace;
            const contents = contentsOf(installation);
            // Where pnpm-workspace.yaml has overrides too, which of them count depends on pnpm's version.
            if (!contents || !(0,json/* asObject */.eB)(rootPackage?.value) || installation.workspace?.hasOverrides)
                return;
            const wanted = configuredOverrides(rootPackage?.value);
            const { otherwise, ...outcome } = outcomeIn(installation);
            for (const key of new Set([...wanted.keys(), ...contents.overrides.keys()])) {
                const [found, locked] = [wanted.get(key), contents.overrides.get(key)];
                if (found === locked || !rootPackage || found === UNKNOWN)
                    continue;
                const path = (0,json/* ownValue */.eC)(rootPackage.value, 'resolutions') ? [] : ['pnpm', 'overrides'];
                yield (0,types.at)((0,json/* positionInJson */.Fx)(rootPackage, found === undefined ? path : placeOfOverride(rootPackage, key)), {
                    ...outcome,
                    message: found === undefined
                        ? `${layout/* layout */.Zp.pnpmLock} overrides ${JSON.stringify(key)} with ${JSON.stringify(locked)}, and package.json does not: ${REFRESH}, ${otherwise}`
                        : `package.json overrides ${JSON.stringify(key)} with ${JSON.stringify(found)}, ${layout/* layout */.Zp.pnpmLock} ${locked === undefined ? 'not at all' : `with ${JSON.stringify(locked)}`}: ${REFRESH}, ${otherwise}`,
                });
            }
        },
    },
    {
        id: 'lockfile/importer-missing',
        title: 'The lockfile does not know a package with dependencies',
        why: 'A plugin was added without its entry in pnpm-lock.yaml: `pnpm install --frozen-lockfile` stops with ERR_PNPM_OUTDATED_LOCKFILE. Every package.json below a plugin’s directory counts.',
        severity: 'error',
        mendedBy: 'pnpm',
        mend: 'Run sync, or `pnpm install --lockfile-only`, and commit pnpm-lock.yaml.',
        bad: `server/plugins/com.acme.tickets/package.json   "dependencies": { "got": "^11.0.0" }
pnpm-lock.yaml                                 importers:
                                                 server: …`,
        good: `server/plugins/com.acme.tickets/package.json   "dependencies": { "got": "^11.0.0" }
pnpm-lock.yaml                                 importers:
                                                 server: …
                                                 server/plugins/com.acme.tickets: …`,
        *check({ workspace }) {
            const { otherwise, ...outcome } = outcomeIn(workspace.installation);
            for (const { plugin, file, wanted, importer } of installedPackages(workspace)) {
                if (importer || wanted.size === 0)
                    continue;
                const [first] = wanted.values();
                yield (0,types.at)((0,json/* positionInJson */.Fx)(file, first?.path.slice(0, 1) ?? []), {
                    ...(plugin !== undefined && { plugin }),
                    synced: true,
                    ...outcome,
                    message: `${layout/* layout */.Zp.pnpmLock} has no entry for ${directoryOf(file)}, which needs ${[...wanted.keys()].join(', ')}: ${SYNC}, ${otherwise}`,
                });
            }
        },
    },
    {
        id: 'lockfile/out-of-date',
        title: 'The lockfile does not say what a package.json says',
        why: 'A dependency was changed without pnpm-lock.yaml: `pnpm install --frozen-lockfile` stops with ERR_PNPM_OUTDATED_LOCKFILE, and the image’s build with it.',
        severity: 'error',
        mendedBy: 'pnpm',
        mend: 'Run sync, or `pnpm install --lockfile-only`, and commit pnpm-lock.yaml. What `pnpm.overrides` replaces counts as replaced.',
        bad: `package.json     "got": "^12.0.0"
pnpm-lock.yaml   got:
                   specifier: ^11.0.0`,
        good: `package.json     "got": "^12.0.0"
pnpm-lock.yaml   got:
                   specifier: ^12.0.0`,
        *check({ workspace }) {
            const { lockfile } = workspace.installation;
            const { otherwise, ...outcome } = outcomeIn(workspace.installation);
            const overrides = parseOverrides(contentsOf(workspace.installation)?.overrides ?? new Map());
            for (const each of installedPackages(workspace)) {
                if (!each.importer || !lockfile)
                    continue;
                for (const { position, message } of differences(each, each.importer, { lockfile, overrides }))
                    yield (0,types.at)(position, {
                        ...(each.plugin !== undefined && { plugin: each.plugin }),
                        synced: true,
                        ...outcome,
                        message: `${message}: ${SYNC}, ${otherwise}`,
                    });
            }
        },
    },
    {
        id: 'lockfile/sdk-from-registry',
        title: 'A plugin gets the SDK from npm instead of the repository’s own',
        why: 'pnpm 9 and later do not link a workspace package for "*": the plugin then runs with the SDK that npm has (0.0.12), the server with its own.',
        severity: 'warning',
        mend: 'Write "workspace:*" in the plugin’s package.json, and run `pnpm install --lockfile-only`.',
        bad: `package.json     "tailchat-server-sdk": "*"
pnpm-lock.yaml   tailchat-server-sdk:
                   specifier: '*'
                   version: 0.0.12`,
        good: `package.json     "tailchat-server-sdk": "workspace:*"
pnpm-lock.yaml   tailchat-server-sdk:
                   specifier: workspace:*
                   version: link:../../packages/sdk`,
        // No fix: "workspace:*" alone makes the lockfile wrong, and only pnpm can write that.
        *check({ workspace }) {
            if (!(0,lockfile/* isSdkPackage */.du)(workspace.installation.sdkPackage))
                return;
            for (const { plugin, file, wanted, importer } of installedPackages(workspace)) {
                const locked = importer?.dependencies.get(lockfile/* SDK */.hp);
                const declared = wanted.get(lockfile/* SDK */.hp);
                // A dependency on a file is the repository's own as well.
                if (plugin === undefined || !declared || !locked || /^(link|file):/.test(locked.version))
                    continue;
                yield (0,types.at)((0,json/* positionInJson */.Fx)(file, declared.path), {
                    plugin,
                    message: `${layout/* layout */.Zp.pnpmLock} takes ${lockfile/* SDK */.hp} ${locked.version} from the npm registry, not from server/packages/sdk: write "workspace:*" in place of ${JSON.stringify(declared.specifier)} and ${REFRESH}, or the plugin runs with another SDK than the server`,
                });
            }
        },
    },
];
/** Rules about what sync makes of the lockfile with pnpm. */
const lockfileUpdateRules = [
    {
        id: 'lockfile/not-updated',
        title: 'The lockfile could not be brought up to date',
        why: 'Sync has pnpm write the entries of plugins that the lockfile does not know; without them `pnpm install --frozen-lockfile` stops the image’s build.',
        severity: 'error',
        mend: 'Mend what the message quotes from pnpm, then run sync again; or run `pnpm install --lockfile-only` yourself.',
        bad: `.npmrc   registry = https://npm.example.com   # cannot be reached from where sync runs`,
        good: `.npmrc   # names no registry that this machine can't reach`,
        *check(failure) {
            if (failure)
                yield {
                    file: layout/* layout */.Zp.pnpmLock,
                    line: 1,
                    column: 1,
                    message: `not written for ${failure.directories.join(', ')}: ${failure.reason}`,
                };
        },
    },
];
/** The major versions of pnpm that install from each lockfile format with --frozen-lockfile; tried with 8, 9 and 10. */
const READERS = {
    '5.3': [6],
    '5.4': [7],
    '6.0': [8, 9],
    '6.1': [8],
    // Newer ones are not out yet, or read it so far.
    '9.0': { from: 9 },
};
function isReader(readers, major) {
    return 'from' in readers ? major >= readers.from : readers.includes(major);
}
function readersInWords(readers) {
    return 'from' in readers ? `${readers.from} or later` : readers.join(' or ');
}
function contentsOf({ lockfile }) {
    return lockfile && !lockfile.conflict && !('unreadable' in lockfile.contents)
        ? lockfile.contents
        : undefined;
}
/** Three rules ask for the same list, and it takes in the whole repository. */
const known = new WeakMap();
function installedPackages(workspace) {
    const found = known.get(workspace) ?? findInstalledPackages(workspace);
    known.set(workspace, found);
    return found;
}
/** Each package.json that pnpm installs: the root's, the server's, and the plugins' that the workspace's globs take in. */
function findInstalledPackages({ plugins, rootPackage, installation }) {
    const contents = contentsOf(installation);
    if (!contents)
        return [];
    const isPackage = workspaceFilter(installation);
    const files = [
        { plugin: undefined, file: rootPackage },
        { plugin: undefined, file: installation.serverPackage },
        ...plugins.flatMap(({ name, packages }) => packages.map((file) => ({ plugin: name, file }))),
    ];
    return files.flatMap(({ plugin, file }) => file && (0,json/* asObject */.eB)(file.value) && isPackage(directoryOf(file))
        ? [
            {
                plugin,
                file,
                wanted: wantedDependencies(file, contents),
                importer: contents.importers.get(directoryOf(file)),
            },
        ]
        : []);
}
function directoryOf({ path }) {
    return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.';
}
/** pnpm looks for package.json below the directories that the globs name; node_modules is never among them. */
function workspaceFilter({ workspace }) {
    const globs = workspace?.packages ?? [];
    const patterns = globs.map((glob) => {
        const bare = glob.replace(/^!/, '').replace(/^\.\//, '').replace(/\/$/, '');
        return { excludes: glob.startsWith('!'), matches: (0,lib_glob/* globMatcher */.f)(`${bare}/package.json`) };
    });
    return (directory) => {
        if (directory === '.')
            return true;
        const path = `${directory}/package.json`;
        if (/(^|\/)(node_modules|bower_components)\//.test(path))
            return false;
        const matching = patterns.filter(({ matches }) => matches(path));
        return matching.length > 0 && matching.every(({ excludes }) => !excludes);
    };
}
/** What the lockfile must hold for a package: pnpm's own order of precedence (satisfiesPackageManifest). */
function wantedDependencies(file, contents) {
    const wanted = new Map();
    const fields = ['peerDependencies', 'devDependencies', 'dependencies', 'optionalDependencies'];
    for (const field of fields) {
        if (field === 'peerDependencies' && !contents.autoInstallPeers)
            continue;
        for (const [name, specifier] of Object.entries((0,json/* asObject */.eB)((0,json/* ownValue */.eC)(file.value, field)) ?? {})) {
            if (typeof specifier !== 'string')
                continue;
            if (contents.excludeLinks && specifier.startsWith('link:'))
                continue;
            wanted.set(name, {
                specifier,
                field: field === 'peerDependencies' ? 'dependencies' : field,
                path: [field, name],
            });
        }
    }
    return wanted;
}
/**
 * What differs between a package.json and its entry. `dependenciesMeta` and `publishConfig.directory`, which pnpm
 * compares too, are left out: no Tailchat plugin has ever had them.
 */
function* differences({ file, wanted }, importer, { lockfile, overrides }) {
    const owner = { name: (0,json/* stringAt */.bX)(file.value, 'name'), version: (0,json/* stringAt */.bX)(file.value, 'version') };
    // Places are only looked for where something is wrong: the lockfile is long.
    const lineOf = ({ start }) => (0,lib_text/* positionAt */.t$)(lockfile, start).line;
    for (const [name, { specifier, field, path }] of wanted) {
        const expected = expectedSpecifiers(overrides, owner, { name, specifier });
        const locked = importer.dependencies.get(name);
        if (!locked) {
            if (expected !== 'any')
                yield {
                    position: (0,json/* positionInJson */.Fx)(file, path),
                    message: `${name} ${JSON.stringify(specifier)} is not in ${layout/* layout */.Zp.pnpmLock}, whose entry of this package is in line ${lineOf(importer)}`,
                };
        }
        else if (expected !== 'any' && !expected.includes(locked.specifier)) {
            const after = expected.includes(specifier) ? '' : `, which pnpm.overrides makes ${quoted(expected)}`;
            yield {
                position: (0,json/* positionInJson */.Fx)(file, path),
                message: `${name} is ${JSON.stringify(specifier)} here${after}, and ${JSON.stringify(locked.specifier)} in line ${lineOf(locked)} of ${layout/* layout */.Zp.pnpmLock}`,
            };
        }
        else if (locked.field !== field)
            yield {
                position: (0,json/* positionInJson */.Fx)(file, path),
                message: `${name} is in ${field} here, and in ${locked.field} in line ${lineOf(locked)} of ${layout/* layout */.Zp.pnpmLock}`,
            };
    }
    for (const [name, locked] of importer.dependencies)
        if (!wanted.has(name))
            yield {
                position: (0,json/* positionInJson */.Fx)(file, [locked.field]),
                message: `${name} is no dependency here, and line ${lineOf(locked)} of ${layout/* layout */.Zp.pnpmLock} still has it`,
            };
}
function quoted(values) {
    return values.map((value) => JSON.stringify(value)).join(' or ');
}
/** The value of an override that refers to a dependency which is not there. */
const UNKNOWN = Symbol('unknown');
/** `resolutions`, then `pnpm.overrides`; `$name` stands for the root's own dependency of that name. */
function configuredOverrides(rootPackage) {
    const overrides = (0,json/* ownValue */.eC)((0,json/* ownValue */.eC)(rootPackage, 'pnpm'), 'overrides');
    const own = {
        ...(0,json/* asObject */.eB)((0,json/* ownValue */.eC)(rootPackage, 'devDependencies')),
        ...(0,json/* asObject */.eB)((0,json/* ownValue */.eC)(rootPackage, 'dependencies')),
        ...(0,json/* asObject */.eB)((0,json/* ownValue */.eC)(rootPackage, 'optionalDependencies')),
    };
    return new Map(Object.entries({ ...(0,json/* asObject */.eB)((0,json/* ownValue */.eC)(rootPackage, 'resolutions')), ...(0,json/* asObject */.eB)(overrides) }).map(([key, value]) => {
        const meant = typeof value === 'string' && value.startsWith('$') ? own[value.slice(1)] : value;
        return [key, typeof meant === 'string' ? meant : UNKNOWN];
    }));
}
function placeOfOverride(rootPackage, key) {
    const overrides = (0,json/* asObject */.eB)((0,json/* ownValue */.eC)((0,json/* ownValue */.eC)(rootPackage.value, 'pnpm'), 'overrides'));
    return overrides && Object.hasOwn(overrides, key) ? ['pnpm', 'overrides', key] : ['resolutions', key];
}

// EXTERNAL MODULE: ./.build/src/workspace/links.js
var links = __nccwpck_require__(1080);
// EXTERNAL MODULE: ./node_modules/jsonc-parser/lib/umd/main.js
var main = __nccwpck_require__(9547);
// EXTERNAL MODULE: ./.build/src/lib/text-edits.js
var text_edits = __nccwpck_require__(5052);
;// CONCATENATED MODULE: ./.build/src/rules/fixes.js




/** Sets one value in a JSON file, or takes it out (`undefined`); the rest of the file keeps its bytes, and the file its style. */
function setInJson(file, path, value) {
    return (0,types/* fixLater */.K)(() => editsOf(file, path, value));
}
function editsOf(file, path, value) {
    const firstProperty = /^([ \t]+)"/m.exec(file.text);
    const indent = firstProperty?.[1] ?? '  ';
    const formattingOptions = {
        eol: (0,text_edits/* lineEndingOf */.RE)(file.text),
        insertSpaces: !indent.startsWith('\t'),
        tabSize: indent.startsWith('\t') ? 1 : indent.length,
    };
    return (0,main.modify)((0,json/* withoutBom */.vA)(file.text), path, value, { formattingOptions });
}

;// CONCATENATED MODULE: ./.build/src/workspace/web-part.js
/** The names below web/plugins of a full-stack plugin where its own is not among them. */
function renamedWebParts({ kind, name, files }) {
    if (kind !== 'fullstack')
        return [];
    const names = files.flatMap((file) => /^web\/plugins\/([^/]+)\//.exec(file)?.[1] ?? []);
    return names.includes(name) ? [] : [...new Set(names)];
}

;// CONCATENATED MODULE: ./.build/src/rules/manifest.js






const manifestRules = [
    {
        id: 'manifest/missing',
        title: 'A plugin with a browser side has no manifest.json',
        why: 'The install script stops the build when it reads a manifest that is not there, and a frontend plugin cannot be registered.',
        severity: 'error',
        blocksSync: true,
        mend: 'Write a manifest.json next to the package.json of the web part.',
        bad: `client/web/plugins/com.acme.theme/
  package.json
  src/index.tsx`,
        good: `client/web/plugins/com.acme.theme/
  manifest.json
  package.json
  src/index.tsx`,
        *check({ workspace }) {
            for (const { plugin, web } of webParts(workspace)) {
                const file = `${web.directory}/manifest.json`;
                if (web.manifest || workspace.unreadable.some(({ path }) => path === file))
                    continue;
                if (renamedWebParts(plugin).length > 0)
                    continue;
                yield {
                    plugin: plugin.name,
                    file,
                    message: `manifest.json is missing: write one with ${layout/* REQUIRED_FIELDS */.Ws.join(', ')}`,
                };
            }
        },
    },
    {
        id: 'manifest/invalid',
        title: 'A manifest is not a JSON object',
        why: 'The build stops at it, or (for `null`) skips every plugin that comes after it in the install list and still succeeds.',
        severity: 'error',
        blocksSync: true,
        mend: 'Make the file one JSON object, without comments and trailing commas.',
        bad: '{ "name": "com.acme.theme", }',
        good: '{ "name": "com.acme.theme" }',
        *check({ workspace }) {
            for (const { plugin, manifest } of manifests(workspace)) {
                if (manifest.problem)
                    yield (0,types.at)(manifest.problem.position, {
                        plugin: plugin.name,
                        message: `not valid JSON: ${manifest.problem.message}`,
                    });
                else if (!(0,json/* asObject */.eB)(manifest.value))
                    yield (0,types.at)((0,json/* positionInJson */.Fx)(manifest, []), {
                        plugin: plugin.name,
                        message: `the manifest is ${describe(manifest.value)}; it must be an object with ${layout/* REQUIRED_FIELDS */.Ws.join(', ')}`,
                    });
            }
        },
    },
    {
        id: 'manifest/duplicate-key',
        title: 'A manifest gives the same key twice',
        why: 'Only the last one counts: whoever reads the file from the top is misled.',
        severity: 'warning',
        mend: 'Remove the one that is not meant.',
        bad: '{ "url": "/plugins/com.acme.a/index.js", "url": "/plugins/com.acme.b/index.js" }',
        good: '{ "url": "/plugins/com.acme.a/index.js" }',
        *check({ workspace }) {
            for (const { plugin, manifest } of objectManifests(workspace))
                for (const { key, position } of (0,json/* repeatedKeys */.fg)(manifest))
                    yield (0,types.at)(position, {
                        plugin: plugin.name,
                        message: `${JSON.stringify(key)} is given again here, and only the last one counts: remove the one that is not meant`,
                    });
        },
    },
    {
        id: 'manifest/field-missing',
        title: 'A required field of a manifest is missing or not a string',
        why: 'The plugin store shows the plugin wrongly or cannot load it: without `url` the client asks for a file named "undefined".',
        severity: 'error',
        blocksSync: true,
        mend: 'Add the field with a text in it; `url` and `name` follow from the directory.',
        bad: '{ "label": "Theme", "name": "com.acme.theme" }',
        good: `{
  "label": "Theme",
  "name": "com.acme.theme",
  "url": "/plugins/com.acme.theme/index.js",
  "version": "1.0.0",
  "author": "acme",
  "description": "Colours for the whole application"
}`,
        *check({ workspace }) {
            for (const { plugin, manifest } of objectManifests(workspace))
                for (const field of layout/* REQUIRED_FIELDS */.Ws) {
                    const value = (0,json/* ownValue */.eC)(manifest.value, field);
                    if (typeof value === 'string' && value !== '')
                        continue;
                    const fix = fixForField(field, plugin, manifest);
                    yield (0,types.at)((0,json/* positionInJson */.Fx)(manifest, [field]), {
                        plugin: plugin.name,
                        ...(fix && { fix }),
                        message: value === undefined
                            ? `"${field}" is missing: ${advice(field, plugin)}`
                            : `"${field}" is ${describe(value)}; it must be a string that is not empty`,
                    });
                }
        },
    },
    {
        id: 'manifest/name-mismatch',
        title: 'The name in a manifest is not the name of the plugin’s directory',
        why: 'The plugin is registered under a name that no bundle defines: loading it ends in "Eval Timeout" in the browser.',
        severity: 'error',
        blocksSync: true,
        mend: 'Give the manifest the name of the plugin’s directory.',
        bad: `// client/web/plugins/com.acme.theme/manifest.json
"name": "com.acme.themes"`,
        good: `// client/web/plugins/com.acme.theme/manifest.json
"name": "com.acme.theme"`,
        *check({ workspace }) {
            for (const { plugin, manifest } of objectManifests(workspace)) {
                const name = (0,json/* stringAt */.bX)(manifest.value, 'name');
                if (!name || name === plugin.name)
                    continue;
                yield (0,types.at)((0,json/* positionInJson */.Fx)(manifest, ['name']), {
                    plugin: plugin.name,
                    message: `name is ${JSON.stringify(name)}; the directory is named ${plugin.name}, and both must be equal, or the browser waits for a plugin that never comes`,
                    fix: setInJson(manifest, ['name'], plugin.name),
                });
            }
        },
    },
    {
        id: 'manifest/url-not-canonical',
        title: 'The url in a manifest does not point at the plugin’s own bundle',
        why: 'The client loads another plugin’s bundle, or none; and a wrong url spreads when the manifest is copied into a registration.',
        severity: 'error',
        blocksSync: true,
        mend: 'Set `url` to `/plugins/NAME/index.js`, with `{BACKEND}` before it for a full-stack plugin.',
        bad: `// of com.acme.theme, which is below client/web/plugins
"url": "{BACKEND}/plugins/com.acme.other/index.js"`,
        good: '"url": "/plugins/com.acme.theme/index.js"',
        *check({ workspace }) {
            for (const { plugin, manifest } of objectManifests(workspace)) {
                const url = (0,json/* stringAt */.bX)(manifest.value, 'url');
                if (plugin.kind === 'backend' || !url)
                    continue;
                const expected = (0,layout/* canonicalUrl */.W3)(plugin.kind, plugin.name);
                if (url === expected || (0,layout/* isHostedElsewhere */.ul)(url, plugin.name) || lacksBackend(plugin, url))
                    continue;
                yield (0,types.at)((0,json/* positionInJson */.Fx)(manifest, ['url']), {
                    plugin: plugin.name,
                    message: `url is ${JSON.stringify(url)}; for a ${plugin.kind} plugin it is ${JSON.stringify(expected)}, or the client loads something else or nothing`,
                    // Another host is meant; only its owner knows the path.
                    ...(!/^https?:/.test(url) && { fix: setInJson(manifest, ['url'], expected) }),
                });
            }
        },
    },
    {
        id: 'manifest/url-without-backend',
        title: 'The url of a full-stack plugin does not begin with {BACKEND}',
        why: 'The bundle is served by the server: where the web client is hosted on another origin, it asks that origin in vain.',
        severity: 'warning',
        mend: 'Put `{BACKEND}` before the path; the client replaces it by the server’s address.',
        bad: '// server/plugins/com.acme.tickets/web/plugins/com.acme.tickets/manifest.json\n"url": "/plugins/com.acme.tickets/index.js"',
        good: '"url": "{BACKEND}/plugins/com.acme.tickets/index.js"',
        *check({ workspace }) {
            for (const { plugin, manifest } of objectManifests(workspace)) {
                const url = (0,json/* stringAt */.bX)(manifest.value, 'url');
                if (!lacksBackend(plugin, url))
                    continue;
                yield (0,types.at)((0,json/* positionInJson */.Fx)(manifest, ['url']), {
                    plugin: plugin.name,
                    message: `url is ${JSON.stringify(url)}; the server holds the bundle of a full-stack plugin, so write "{BACKEND}${url}": without it nothing loads where the client has another origin`,
                    fix: setInJson(manifest, ['url'], (0,layout/* canonicalUrl */.W3)('fullstack', plugin.name)),
                });
            }
        },
    },
    {
        id: 'manifest/icon-missing',
        title: 'The icon in a manifest is not in the image',
        why: 'The server answers with a page instead of the picture: the plugin store shows a broken icon.',
        severity: 'warning',
        mend: 'Add the file, or have .ministarrc.js copy the directory that holds it (rollup-plugin-copy).',
        bad: '// there is no assets/logo.png\n"icon": "/plugins/com.acme.theme/assets/logo.png"',
        good: '// next to assets/icon.png\n"icon": "/plugins/com.acme.theme/assets/icon.png"',
        check: ({ workspace }) => missingLinks(workspace, 'icon'),
    },
    {
        id: 'manifest/document-missing',
        title: 'The document that a manifest links to is not in the image',
        why: 'The server answers with the application’s page, which the plugin store shows in the place of the document.',
        severity: 'warning',
        mend: 'Add the file, or have .ministarrc.js copy it (rollup-plugin-copy).',
        bad: '// there is no README.md\n"documentUrl": "/plugins/com.acme.theme/README.md"',
        good: '// next to README.md\n"documentUrl": "/plugins/com.acme.theme/README.md"',
        check: ({ workspace }) => missingLinks(workspace, 'documentUrl'),
    },
];
function lacksBackend(plugin, url) {
    return plugin.kind === 'fullstack' && url === (0,layout/* canonicalUrl */.W3)('frontend', plugin.name);
}
function fixForField(field, plugin, manifest) {
    if (field === 'name')
        return setInJson(manifest, ['name'], plugin.name);
    if (field !== 'url' || plugin.kind === 'backend')
        return undefined;
    return setInJson(manifest, ['url'], (0,layout/* canonicalUrl */.W3)(plugin.kind, plugin.name));
}
function* missingLinks(workspace, field) {
    for (const { plugin, manifest } of objectManifests(workspace)) {
        const broken = (0,links/* brokenLink */.y)(workspace, plugin, field);
        if (!broken)
            continue;
        const { target, notCopiedBy } = broken;
        const message = notCopiedBy === undefined
            ? `${field} links to ${target}, and there is no such file in ${plugin.web?.directory}: the browser gets a page in its place`
            : `${field} links to ${target}, which ${notCopiedBy} does not copy: the browser gets a page in its place; copy it with rollup-plugin-copy`;
        yield (0,types.at)((0,json/* positionInJson */.Fx)(manifest, [field]), { plugin: plugin.name, message });
    }
}
function advice(field, plugin) {
    if (field === 'url' && plugin.kind !== 'backend')
        return `add "url": ${JSON.stringify((0,layout/* canonicalUrl */.W3)(plugin.kind, plugin.name))}, or the client asks for a file named "undefined"`;
    if (field === 'name')
        return `add "name": ${JSON.stringify(plugin.name)}`;
    return 'add it; the plugin store shows it';
}
function describe(value) {
    if (value === null)
        return 'null';
    if (Array.isArray(value))
        return 'an array';
    if (value === '')
        return 'an empty string';
    return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
function webParts(workspace) {
    return workspace.plugins.flatMap((plugin) => (plugin.web ? [{ plugin, web: plugin.web }] : []));
}
function manifests(workspace) {
    return webParts(workspace).flatMap(({ plugin, web }) => web.manifest ? [{ plugin, manifest: web.manifest }] : []);
}
function objectManifests(workspace) {
    return manifests(workspace).filter(({ manifest }) => (0,json/* asObject */.eB)(manifest.value));
}

;// CONCATENATED MODULE: ./.build/src/rules/package.js







const packageRules = [
    {
        id: 'package/invalid',
        title: 'A plugin has no package.json, or one that is not a JSON object',
        why: 'mini-star finds a plugin’s entry by its package.json, and pnpm stops at one that it cannot read.',
        severity: 'error',
        mend: 'Write a package.json: in a web part with `name` and `main`, next to `web` with the script `build:web`.',
        bad: `server/plugins/com.acme.tickets/
  web/plugins/com.acme.tickets/package.json`,
        good: `server/plugins/com.acme.tickets/
  package.json
  web/plugins/com.acme.tickets/package.json`,
        *check({ workspace }) {
            for (const plugin of workspace.plugins) {
                const expected = [
                    ...(plugin.web ? [{ directory: plugin.web.directory, file: plugin.web.packageJson }] : []),
                    ...(plugin.kind === 'frontend' ? [] : [{ directory: plugin.directory, file: plugin.packageJson }]),
                ];
                for (const { directory, file } of expected) {
                    const path = `${directory}/package.json`;
                    if (!file) {
                        // A backend plugin is compiled and loaded without one: only a browser side is built through it.
                        const needed = plugin.web !== undefined;
                        // A web part of another name is a finding of its own.
                        if (directory === plugin.web?.directory && renamedWebParts(plugin).length > 0)
                            continue;
                        if (needed && !workspace.unreadable.some((each) => each.path === path))
                            yield {
                                plugin: plugin.name,
                                file: path,
                                message: 'package.json is missing: the bundler and the install script both need it',
                                ...(directory === plugin.directory &&
                                    plugin.kind === 'fullstack' && { fix: { create: renderServerPackage(plugin.name) } }),
                            };
                    }
                    else if (file.problem)
                        yield (0,types.at)(file.problem.position, {
                            plugin: plugin.name,
                            message: `not valid JSON: ${file.problem.message}`,
                        });
                    else if (!(0,json/* asObject */.eB)(file.value))
                        yield (0,types.at)((0,json/* positionInJson */.Fx)(file, []), {
                            plugin: plugin.name,
                            message: 'package.json must hold a JSON object',
                        });
                }
            }
        },
    },
    {
        id: 'package/name-mismatch',
        title: 'The web package is not named @plugins/NAME',
        why: 'mini-star takes the output directory from the package’s name: the bundle ends up where the client never asks for it, and the build still succeeds.',
        severity: 'error',
        mend: 'Name the web package `@plugins/` and the directory’s name.',
        bad: `// client/web/plugins/com.acme.theme/package.json
"name": "@plugins/com.acme.themes"`,
        good: `// client/web/plugins/com.acme.theme/package.json
"name": "@plugins/com.acme.theme"`,
        *check({ workspace }) {
            for (const { plugin, packageJson } of webPackages(workspace)) {
                const name = (0,json/* stringAt */.bX)(packageJson.value, 'name');
                // Only what follows the scope counts (mini-star, rollup.config.js), so the bare name works too.
                if (name === `@plugins/${plugin.name}` || name === plugin.name)
                    continue;
                yield (0,types.at)((0,json/* positionInJson */.Fx)(packageJson, ['name']), {
                    plugin: plugin.name,
                    message: `${name === undefined ? '"name" is missing' : `name is ${JSON.stringify(name)}`}; it must be "@plugins/${plugin.name}", or the bundle is built into another directory`,
                    fix: setInJson(packageJson, ['name'], `@plugins/${plugin.name}`),
                });
            }
        },
    },
    {
        id: 'package/main-missing',
        title: 'The entry file of a web package is missing',
        why: 'mini-star prints “✖ Bundle error”, the build succeeds, and the browser gets a page instead of the plugin.',
        severity: 'error',
        mend: 'Let `main` name the entry file, with its extension.',
        bad: '"main": "src/index"',
        good: '"main": "src/index.tsx"',
        *check({ workspace }) {
            for (const { plugin, packageJson } of webPackages(workspace)) {
                const main = (0,json/* stringAt */.bX)(packageJson.value, 'main');
                if (main === undefined)
                    yield (0,types.at)((0,json/* positionInJson */.Fx)(packageJson, ['main']), {
                        plugin: plugin.name,
                        message: '"main" is missing: name the entry file with its extension, such as "src/index.tsx"',
                    });
                else if (!mainExists(plugin, main))
                    yield (0,types.at)((0,json/* positionInJson */.Fx)(packageJson, ['main']), {
                        plugin: plugin.name,
                        message: `main is ${JSON.stringify(main)}, and there is no such file: name the entry file with its extension, or nothing is bundled and the build still succeeds`,
                    });
            }
        },
    },
    {
        id: 'package/main-not-index',
        title: 'The entry file of a web package is not named index',
        why: 'The bundle is named like its entry file, and the client only ever asks for index.js.',
        severity: 'error',
        mend: 'Add an index file that re-exports the entry, and let `main` name it.',
        bad: '"main": "src/app.tsx"',
        good: '"main": "src/index.tsx"',
        *check({ workspace }) {
            for (const { plugin, packageJson } of webPackages(workspace)) {
                const main = (0,json/* stringAt */.bX)(packageJson.value, 'main');
                if (!main || !mainExists(plugin, main) || /^index\.[^.]+$/.test(external_node_path_.posix.basename(main)))
                    continue;
                yield (0,types.at)((0,json/* positionInJson */.Fx)(packageJson, ['main']), {
                    plugin: plugin.name,
                    message: `main is ${JSON.stringify(main)}; its file must be named index.*, since the client asks for index.js and the bundle takes the entry's name: add an index file that re-exports it`,
                });
            }
        },
    },
    {
        id: 'package/build-web-missing',
        title: 'A full-stack plugin cannot build its browser side',
        why: 'The install script runs `pnpm build:web` in it: without that script the whole build stops.',
        severity: 'error',
        mend: 'Add the script to the package.json next to `web`.',
        bad: '"scripts": {}',
        good: '"scripts": { "build:web": "ministar buildPlugin all" }',
        *check({ workspace }) {
            for (const { kind, name, packageJson } of workspace.plugins) {
                if (kind !== 'fullstack' || !packageJson || !(0,json/* asObject */.eB)(packageJson.value))
                    continue;
                if ((0,json/* stringAt */.bX)(packageJson.value, 'scripts', 'build:web'))
                    continue;
                yield (0,types.at)((0,json/* positionInJson */.Fx)(packageJson, ['scripts', 'build:web']), {
                    plugin: name,
                    message: `the script "build:web" is missing: add "build:web": "${BUILD_WEB}"`,
                    ...(canHoldBuildWeb(packageJson) && {
                        fix: setInJson(packageJson, ['scripts', 'build:web'], BUILD_WEB),
                    }),
                });
            }
        },
    },
    {
        id: 'package/ministar-config-missing',
        title: 'A full-stack plugin has no .ministarrc.js',
        why: 'mini-star finds no plugin to build, says so, and succeeds: the plugin is registered without a bundle.',
        severity: 'error',
        mend: 'Add a .ministarrc.js next to `web`.',
        bad: `server/plugins/com.acme.tickets/
  package.json
  web/`,
        good: `server/plugins/com.acme.tickets/
  .ministarrc.js
  package.json
  web/`,
        *check({ workspace }) {
            for (const plugin of workspace.plugins) {
                if (plugin.kind !== 'fullstack' || hasMinistarConfig(plugin))
                    continue;
                yield {
                    plugin: plugin.name,
                    file: `${plugin.directory}/.ministarrc.js`,
                    message: '.ministarrc.js is missing: add one that sets pluginRoot to ./web and outDir to ../../public, or no bundle is built and the build still succeeds',
                    fix: { create: renderMinistarConfig(workspace) },
                };
            }
        },
    },
    {
        id: 'package/ministar-config-incomplete',
        title: 'A .ministarrc.js does not say where the web part is, or where its bundle goes',
        why: 'mini-star looks for plugins in the wrong place, or writes the bundle where the server does not look; both times the build succeeds, and the plugin is registered without a bundle.',
        severity: 'error',
        mend: 'Set `pluginRoot` to ./web and `outDir` to ../../public, both as absolute paths.',
        bad: `module.exports = { externalDeps: ['react'] }`,
        good: `const path = require('path')

module.exports = {
  externalDeps: ['react'],
  pluginRoot: path.resolve(__dirname, './web'),
  outDir: path.resolve(__dirname, '../../public'),
}`,
        *check({ workspace }) {
            for (const { kind, name, ministarConfig } of workspace.plugins) {
                if (kind !== 'fullstack' || !ministarConfig)
                    continue;
                const text = (0,lib_text/* withoutComments */.fx)(ministarConfig.text);
                // What is taken from another file may hold both.
                if (/\brequire\(\s*['"`]\./.test(text) || /\bimport\b/.test(text))
                    continue;
                const exported = /(?:module\.exports|export\s+default)\s*(?:=\s*)?\{/.exec(text);
                for (const [option, path] of Object.entries(MINISTAR_PATHS)) {
                    if (new RegExp(`\\b${option}\\b`).test(text))
                        continue;
                    yield (0,types.at)((0,lib_text/* positionAt */.t$)(ministarConfig, exported?.index ?? 0), {
                        plugin: name,
                        message: `${option} is not set: add ${option}: path.resolve(__dirname, '${path}'), or the bundle is not where the server looks for it`,
                        ...(exported && {
                            fix: { edits: [ministarOption(ministarConfig.text, exported, { option, path })] },
                        }),
                    });
                }
            }
        },
    },
];
/** What the build script of Tailchat's own plugins is. */
const BUILD_WEB = 'ministar buildPlugin all';
/** Where a full-stack plugin's web part is, and where the server's build takes bundles from; from the plugin's directory. */
const MINISTAR_PATHS = { pluginRoot: './web', outDir: '../../public' };
/** A configuration that leaves out of the bundle what that of the frontend plugins leaves out. */
function renderMinistarConfig({ frontendMinistarConfig }) {
    const list = /\bexternalDeps\s*:\s*\[([^[\]]*)\]/.exec((0,lib_text/* withoutComments */.fx)(frontendMinistarConfig?.text ?? ''))?.[1];
    const modules = [...(list ?? '').matchAll(/['"]([\w@./-]+)['"]/g)].map(([, name]) => `'${name}'`);
    return `const path = require('path');

module.exports = {
  // What the web client hands to plugins: the bundle need not hold it.
  externalDeps: [${modules.length === 0 ? "'react'" : modules.join(', ')}],
  pluginRoot: path.resolve(__dirname, '${MINISTAR_PATHS.pluginRoot}'),
  outDir: path.resolve(__dirname, '${MINISTAR_PATHS.outDir}'),
};
`;
}
function renderServerPackage(name) {
    const shortName = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
    const content = {
        name: `tailchat-plugin-${shortName}`,
        version: '0.0.0',
        private: true,
        scripts: { 'build:web': BUILD_WEB },
    };
    return JSON.stringify(content, null, 2) + '\n';
}
/** Whether the script can be added: `scripts` is an object, or is not there yet. */
function canHoldBuildWeb({ value }) {
    const scripts = (0,json/* ownValue */.eC)(value, 'scripts');
    return scripts === undefined || (0,json/* asObject */.eB)(scripts) !== undefined;
}
/** Adds an option as the first one, on a line of its own where the others have theirs. */
function ministarOption(text, exported, { option, path }) {
    const offset = exported.index + exported[0].length;
    const resolve = /\b(?:const|let|var)\s+path\s*=|\bimport\s+path\b/.test(text) ? 'path' : `require('path')`;
    const property = `${option}: ${resolve}.resolve(__dirname, '${path}')`;
    const isEmpty = /^\s*\}/.test(text.slice(offset));
    const isOnOneLine = /^[^\S\r\n]*\S/.test(text.slice(offset));
    const content = isOnOneLine
        ? ` ${property}${isEmpty ? ' ' : ','}`
        : `${(0,text_edits/* lineEndingOf */.RE)(text)}${(0,text_edits/* indentAt */.oY)(text, exported.index)}  ${property},`;
    return { offset, length: 0, content };
}
function webPackages(workspace) {
    return workspace.plugins.flatMap((plugin) => {
        const packageJson = plugin.web?.packageJson;
        return packageJson && (0,json/* asObject */.eB)(packageJson.value) ? [{ plugin, packageJson }] : [];
    });
}
/** The places where mini-star looks for its configuration (cosmiconfig's usual ones). */
function hasMinistarConfig({ files, packageJson }) {
    return (files.some((file) => /^(\.ministarrc(\.(json|ya?ml|c?js))?|ministar\.config\.c?js)$/.test(file)) ||
        (0,json/* ownValue */.eC)(packageJson?.value, 'ministar') !== undefined);
}
/** mini-star takes `main` as it stands: no extension is tried, no directory's index. */
function mainExists(plugin, main) {
    if (!plugin.web)
        return false;
    const path = external_node_path_.posix.relative(plugin.directory, external_node_path_.posix.join(plugin.web.directory, main));
    return plugin.files.includes(path);
}

;// CONCATENATED MODULE: ./.build/src/rules/plan.js

/** Rules about the difference between what is registered and what is wanted. */
const planRules = [
    {
        id: 'registration/out-of-date',
        title: 'A registration file does not say what is declared',
        why: 'The image would offer something else than the declarations promise.',
        severity: 'error',
        mend: 'Run sync: it writes the registration files.',
        bad: `# tailchat-plugins.yml; registry.json has no such entry
com.acme.theme: { offer: registry }`,
        good: `# tailchat-plugins.yml; registry.json has the entry
com.acme.theme: { offer: registry }`,
        *check({ changes }) {
            for (const change of changes)
                yield (0,types.at)(change.position, { plugin: change.plugin, synced: true, message: outOfDate(change) });
        },
    },
    {
        id: 'registration/cannot-be-written',
        title: 'A registration is wanted and cannot be written',
        why: 'The declarations ask for something that has to be mended by hand first.',
        severity: 'error',
        mend: 'Mend what the message names and run sync again, or paste the entry that it gives.',
        bad: 'com.acme.theme: { offer: registry } # its manifest.json is not valid',
        good: 'com.acme.theme: { offer: registry } # its manifest.json is valid',
        *check({ blocked }) {
            for (const { plugin, from, place, action, position, reason } of blocked)
                yield (0,types.at)(position, {
                    plugin,
                    message: `${from ?? plugin} cannot be ${ACTION[action]} ${position.file}${listName(place)}: ${reason}`,
                });
        },
    },
];
const ACTION = {
    add: 'added to',
    remove: 'taken out of',
    rename: 'renamed in',
    refresh: 'refreshed in',
};
function outOfDate({ plugin, from = plugin, place, action, position, fields = [], }) {
    const list = `${position.file}${listName(place)}`;
    switch (action) {
        case 'add':
            return `${plugin} is wanted and not in ${list}: run sync to add it`;
        case 'remove':
            return `${from} is in ${list} and not wanted there: run sync to take it out`;
        case 'rename':
            return `${from} is in ${list} and named ${plugin} now: run sync to rename it`;
        case 'refresh':
            return `${plugin} differs from its manifest in ${list} (${fields.join(', ')}): run sync to make them equal`;
    }
}
function listName(place) {
    return place === 'install' ? ' (plugin:install)' : '';
}

// EXTERNAL MODULE: ./.build/src/registrations/install-list.js
var install_list = __nccwpck_require__(3742);
;// CONCATENATED MODULE: ./.build/src/rules/plugin.js






/** Where a plugin belongs that is in the directory for the other kinds; `undefined`: where it is, as far as can be told. */
function rightPlace({ directory, files }) {
    const has = (pattern) => files.some((file) => pattern.test(file));
    const isWeb = has(/^manifest\.json$/);
    const isServer = has(/^(?:services\/[^/]+\.service\.[jt]sx?|web\/plugins\/[^/]+\/manifest\.json)$/);
    if (isWeb === isServer)
        return undefined;
    if (isWeb && directory.startsWith(`${layout/* layout */.Zp.serverPlugins}/`))
        return { directory: layout/* layout */.Zp.frontendPlugins, holds: 'a frontend plugin' };
    if (isServer && directory.startsWith(`${layout/* layout */.Zp.frontendPlugins}/`))
        return { directory: layout/* layout */.Zp.serverPlugins, holds: 'the services or the web part of a server plugin' };
    return undefined;
}
const pluginRules = [
    {
        id: 'plugin/unreadable',
        title: 'A file of a plugin cannot be read',
        why: 'What cannot be read is not checked, and a build on another machine may not have it at all.',
        severity: 'error',
        mend: 'Make it a readable UTF-8 file inside of the repository.',
        bad: 'client/web/plugins/com.acme.theme -> /home/me/theme',
        good: 'client/web/plugins/com.acme.theme/manifest.json',
        *check({ workspace }) {
            for (const { path, plugin, reason, position, isSource } of workspace.unreadable)
                yield {
                    file: path,
                    ...position,
                    ...(plugin && { plugin }),
                    // The compiler takes any bytes, and most such files hold them in comments.
                    ...(isSource && { severity: 'notice' }),
                    message: position
                        ? `${path} ${reason}: what it says is shown with � in that place; save it as UTF-8 (the rest of it was checked)`
                        : `${path} ${reason}: nothing in it was checked`,
                };
        },
    },
    {
        id: 'plugin/misplaced',
        title: 'A plugin is in a directory that nothing reads',
        why: 'No build compiles it and no list offers it: the image is made without it, and nothing says so.',
        severity: 'warning',
        mend: 'Move it to client/web/plugins/ (frontend) or server/plugins/ (backend and full-stack).',
        bad: 'server/plugin/com.acme.audit/',
        good: 'server/plugins/com.acme.audit/',
        *check({ workspace: { misplacedPlugins, plugins, pluginsOnly } }) {
            for (const plugin of plugins) {
                const place = rightPlace(plugin);
                if (place !== undefined)
                    yield {
                        plugin: plugin.name,
                        file: plugin.directory,
                        message: `${plugin.directory} holds ${place.holds}, which nothing reads there: move it to ${place.directory}/${plugin.name}`,
                    };
            }
            for (const { name, directory } of misplacedPlugins)
                yield {
                    plugin: name,
                    file: directory,
                    message: `${directory} is read by nothing, so ${name} is in no image: move it to ${pluginsOnly ? `${layout/* layout */.Zp.ownPlugins}/${name}` : `${layout/* layout */.Zp.frontendPlugins}/${name} if it is a frontend plugin, else to ${layout/* layout */.Zp.serverPlugins}/${name}`}`,
                };
        },
    },
    {
        id: 'plugin/submodule-missing',
        title: 'The files of a plugin are in a submodule that was not checked out',
        why: 'Its directory is empty, so the image is built without it.',
        severity: 'error',
        mend: 'Check out with `submodules: true`, or run `git submodule update --init`.',
        bad: `- uses: actions/checkout@v4`,
        good: `- uses: actions/checkout@v4
  with:
    submodules: true`,
        *check({ workspace: { missingSubmodules } }) {
            for (const { name, path, position } of missingSubmodules)
                yield (0,types.at)(position, {
                    plugin: name,
                    message: `${path} is a submodule that was not checked out, so nothing of ${name} was looked at: set \`submodules: true\` at actions/checkout, or run \`git submodule update --init\``,
                });
        },
    },
    {
        id: 'plugin/name-not-reverse-domain',
        title: 'The directory of a plugin is not a reverse-domain name',
        why: 'The name is the id of the plugin everywhere: in urls, service names and the install command. Without a domain of its own it can collide with another plugin, and characters such as / or a space break urls and commands.',
        severity: 'error',
        blocksSync: true,
        mend: 'Rename the directory, the manifest’s name and the package’s name together.',
        bad: 'client/web/plugins/my theme/',
        good: 'client/web/plugins/com.acme.theme/',
        *check({ workspace }) {
            for (const plugin of workspace.plugins) {
                if (layout/* PLUGIN_NAME */.AF.test(plugin.name))
                    continue;
                yield {
                    plugin: plugin.name,
                    file: plugin.directory,
                    message: `the directory is named ${JSON.stringify(plugin.name)}; a plugin's name is a reverse domain of letters, digits, - and _, such as com.example.tickets: rename the directory, the manifest's name and the package's name together`,
                };
            }
        },
    },
    {
        id: 'plugin/duplicate-name',
        title: 'Two plugins have the same name',
        why: 'Both are built into the same directory of the image, so one overwrites the other.',
        severity: 'error',
        mend: 'Rename one of the two, or remove it.',
        bad: `client/web/plugins/com.acme.tickets/
server/plugins/com.acme.tickets/web/`,
        good: `client/web/plugins/com.acme.theme/
server/plugins/com.acme.tickets/web/`,
        *check({ workspace }) {
            const seen = new Map();
            for (const plugin of workspace.plugins) {
                // A backend plugin is built to another place, and serves the frontend plugin of its name.
                if (!plugin.web)
                    continue;
                const first = seen.get(plugin.name);
                if (first === undefined)
                    seen.set(plugin.name, plugin.directory);
                else
                    yield {
                        plugin: plugin.name,
                        file: plugin.directory,
                        message: `${first} has the same name: both are built to plugins/${plugin.name}, and one overwrites the other; rename or remove one`,
                    };
            }
        },
    },
    {
        id: 'plugin/not-offered',
        title: 'A plugin is built but offered nowhere',
        why: 'No one can install it: it is in no plugin registry file, not built in, and not in the install list.',
        severity: 'warning',
        mend: 'Declare the plugin in tailchat-plugins.yml, then run sync.',
        bad: 'plugins: {}',
        good: `plugins:
  com.acme.theme:
    offer: registry # or hidden, if that is meant`,
        *check({ workspace, desired }) {
            const isListEmpty = emptyLists(workspace, desired).length > 0;
            for (const { plugin, wanted, declared } of desired.plugins) {
                if (declared || (0,declarations_desired/* isOffered */.kd)(wanted) || !(0,declarations_desired/* canBeOffered */.fq)(plugin))
                    continue;
                // A list that names none is one finding too.
                if (isListEmpty && plugin.kind === 'fullstack')
                    continue;
                // A list that can't be read is one finding, not one for each plugin that it may hold.
                if (!listsAreReadable(workspace, plugin.kind))
                    continue;
                const list = workspace.pluginsOnly
                    ? 'the declarations'
                    : plugin.kind === 'frontend'
                        ? `${layout/* layout */.Zp.registryJson} and ${layout/* layout */.Zp.builtinTs}`
                        : `the plugin:install list of ${(0,install_list/* installListFile */.e5)(workspace.installLists)} and ${layout/* layout */.Zp.builtinTs}`;
                yield {
                    plugin: plugin.name,
                    file: plugin.web?.manifest?.path ?? plugin.directory,
                    message: `missing from ${list}: it is built, and no one can install it; declare it in tailchat-plugins.yml with \`offer: registry\`, or with \`offer: hidden\` if that is meant`,
                };
            }
        },
    },
    {
        id: 'plugin/web-name-mismatch',
        title: 'The web part of a plugin has another name than the plugin',
        why: 'The install script reads web/plugins/NAME/manifest.json, and the build stops when it is not there.',
        severity: 'error',
        mend: 'Rename the directory below web/plugins, its manifest’s name and its package’s name to the plugin’s name.',
        bad: 'server/plugins/com.acme.tickets/web/plugins/com.acme.ticket/',
        good: 'server/plugins/com.acme.tickets/web/plugins/com.acme.tickets/',
        *check({ workspace }) {
            for (const plugin of workspace.plugins) {
                const others = renamedWebParts(plugin);
                if (others.length === 0)
                    continue;
                yield {
                    plugin: plugin.name,
                    file: `${plugin.directory}/web/plugins/${others[0]}`,
                    message: `web/plugins holds ${others.join(', ')} and not ${plugin.name}: the install script reads web/plugins/${plugin.name}/manifest.json, and the build stops; rename the directory`,
                };
            }
        },
    },
    {
        id: 'plugin/ignored-by-git',
        title: 'Git ignores a source file of a plugin',
        why: 'The file is here and in no checkout of the repository: what imports it breaks in CI only.',
        severity: 'warning',
        mend: 'Give the directory another name than data, dist or logs, or add the file with `git add --force`.',
        bad: 'server/plugins/com.acme.tickets/data/prices.ts',
        good: 'server/plugins/com.acme.tickets/prices/prices.ts',
        *check({ workspace }) {
            for (const path of workspace.ignored) {
                const plugin = workspace.plugins.find(({ directory }) => path.startsWith(`${directory}/`));
                yield {
                    ...(plugin && { plugin: plugin.name }),
                    file: path,
                    message: `git ignores ${path.slice(path.lastIndexOf('/') + 1)}, so that a checkout does not have it: move it out of the ignored directory, or add it with git add --force`,
                };
            }
        },
    },
];
/** Whether the lists that may offer a plugin of this kind could be read; one that is not there is read. */
function listsAreReadable({ registry, builtin, rootPackage, installLists }, kind) {
    if (builtin?.list.understood === false)
        return false;
    if (kind === 'frontend')
        return !registry || Array.isArray(registry.value);
    return !rootPackage?.problem && installLists.every(({ problem }) => problem === undefined);
}

;// CONCATENATED MODULE: ./.build/src/rules/privilege.js


/** Rules about what a pull request lets a plugin do. All that a new plugin may do is new. */
const privilegeRules = [
    {
        id: 'privilege/action-opened',
        title: 'An action that only services could call is open to users',
        why: 'Every logged-in user can call it now, over HTTP and by socket, with parameters of their own. What it trusted other services to check, nothing checks now.',
        mend: "Keep `visibility: 'public'`, or have the action check who calls it and what for.",
        bad: "this.registerAction('issueToken', this.issueToken)",
        good: "this.registerAction('issueToken', this.issueToken, { visibility: 'public' })",
        severity: 'warning',
        check: (changes) => gainedWhere(changes, ({ kind, before }) => kind === 'action' && before !== undefined).map(({ plugin, gained }) => problem(plugin, gained, gained.before === 'services'
            ? `${gained.name} was for services only, and any logged-in user can call it now: keep visibility: 'public', or check who calls`
            : `${gained.name} could be called over HTTP only, and sockets can call it now: keep disableSocket: true, or check who calls`)),
    },
    {
        id: 'privilege/route-opened',
        title: 'A route is newly open without login',
        why: 'Everyone on the internet can call what is behind it. The gateway opens any path it is told, even those of core services.',
        mend: 'Take the path out of the list, or have the action verify a signature or a secret of its own.',
        bad: "this.registerAuthWhitelist(['/hook', '/list'])",
        good: "this.registerAuthWhitelist(['/hook'])",
        severity: 'warning',
        check: (changes) => gainedWhere(changes, ({ kind }) => kind === 'open-route' || kind === 'foreign-route').map(({ plugin, gained }) => problem(plugin, gained, gained.kind === 'open-route'
            ? `/api${gained.name} is open without login now: make sure that the action verifies who calls`
            : `${gained.name === 'unknown' ? 'a path that only running this tells' : `/api${gained.name}`} is open without login now, and is not the plugin's own: a plugin has no business opening it`)),
    },
    {
        id: 'privilege/sensitive-access',
        title: 'A plugin newly reaches accounts, tokens, mail, or the configuration',
        why: 'Core services do what a plugin asks without asking who wants it: its code decides alone who is logged in, banned, or written to.',
        mend: 'See that the plugin needs it, and that no one can make it do so for another user; then accept the finding with the reason.',
        bad: "ctx.call('user.signUserToken', { userId: ctx.params.userId })",
        good: "// tailchat-plugins-accept privilege/sensitive-access: the identity provider was asked before\nctx.call('user.signUserToken', { userId })",
        severity: 'warning',
        check: (changes) => gainedWhere(changes, ({ kind, sensitive }) => sensitive !== undefined && ['call', 'identity', 'hook', 'event'].includes(kind)).map(({ plugin, gained, isNew }) => problem(plugin, gained, `${isNew ? 'the new plugin does this' : 'the plugin did not do this before'}: ${gained.sensitive} (${gained.name})`)),
    },
    {
        id: 'privilege/raw-page',
        title: 'A plugin newly answers with pages of its own',
        why: 'A page that the server answers with runs on the origin of the application: its scripts can do all that the user who opens it can.',
        mend: 'See that nothing from outside gets into the page unescaped; then accept the finding with the reason.',
        bad: 'return { __raw: true, html: `<p>${ctx.params.text}</p>` }',
        good: 'return { text: ctx.params.text }',
        severity: 'warning',
        check: (changes) => gainedWhere(changes, ({ kind }) => kind === 'raw-html').map(({ plugin, gained }) => problem(plugin, gained, 'the plugin answers with a page of its own, which runs on the origin of the application: make sure that nothing from outside gets into it unescaped')),
    },
];
function gainedWhere(changes, matches) {
    return changes
        .filter(({ state }) => state !== 'removed')
        .flatMap(({ plugin, state, gained }) => gained.filter(matches).map((each) => ({ plugin, gained: each, isNew: state === 'new' })));
}
function problem(plugin, { at: place, name }, message) {
    // All that these rules are about stands somewhere.
    if (!place)
        throw new Error(`${name} has no place`);
    return (0,types.at)((0,lib_text/* positionAt */.t$)(place.file, place.offset), { plugin, message });
}

;// CONCATENATED MODULE: ./.build/src/rules/proof.js

/** Rules about what the built image loads. */
const proofRules = [
    {
        id: 'proof/service-missing',
        title: 'The image does not load a service that the source declares',
        why: 'The plugin’s calls get 404; and a service that throws while it is constructed stops the process, so every plugin is down.',
        severity: 'error',
        mend: 'The message says how loading failed: mend that, or declare `services: dev` if production does without.',
        bad: `class Tickets extends TcService {
  onInit() {
    this.logger.info('up') // there is no logger yet: this throws
  }
}`,
        good: `class Tickets extends TcService {
  onStart() {
    this.logger.info('up')
  }
}`,
        *check({ expected, rows }) {
            for (const row of rows) {
                if (!row.expected || row.loaded !== false)
                    continue;
                const source = expected.find(({ file }) => file === row.file);
                yield {
                    ...(row.plugin && { plugin: row.plugin }),
                    file: row.file ?? '',
                    ...(source?.line && { line: source.line }),
                    message: `the image does not load ${row.name}: ${row.reason}`,
                };
            }
        },
    },
    {
        id: 'proof/service-unexpected',
        title: 'The image holds a service that no source file declares',
        why: 'It comes from an older build or from outside the repository, and it runs in production all the same.',
        severity: 'warning',
        mend: 'Build from a clean checkout; a service of a base image needs its source in the repository.',
        bad: 'server/dist/plugins/com.acme.gone/services/gone.service.js',
        good: 'server/plugins/com.acme.tickets/services/tickets.service.ts',
        *check({ rows }) {
            for (const row of rows)
                if (!row.expected && row.loaded && !row.plugin)
                    yield {
                        file: row.file ?? '',
                        message: `the image loads ${row.name}, which is not expected: ${row.reason}`,
                    };
        },
    },
    {
        id: 'proof/service-crashes',
        title: 'The image holds an unexpected service that cannot be constructed',
        why: 'The server loads it all the same, and the process that loads plugins dies with it: every plugin is down.',
        severity: 'error',
        mend: 'Remove the file, or name it `*.service.dev.ts` if it is for development.',
        bad: 'lab.service.ts, declared `services: dev`, that throws without a token',
        good: 'lab.service.dev.ts',
        *check({ rows }) {
            for (const row of rows)
                if (!row.expected && row.cause === 'threw')
                    yield {
                        ...(row.plugin && { plugin: row.plugin }),
                        file: row.file ?? '',
                        message: `${row.name} is not expected, but the server loads every *.service.js and dies at this one: ${row.reason}`,
                    };
        },
    },
    {
        id: 'proof/action-not-in-source',
        title: 'A loaded service offers an action that its source does not register',
        why: 'What was reviewed is not what runs: the image was built from something else, or the action comes from code outside of the service.',
        severity: 'warning',
        mend: 'Build from a clean checkout; if other code registers the action on purpose, register it in the service’s own file.',
        bad: 'debug.dump in the image, which tickets.service.ts does not have',
        good: "this.registerAction('dump', this.dump)",
        *check({ differences }) {
            for (const each of differences)
                if (each.kind === 'not-in-source')
                    yield atSource(each, `the image’s ${nameOf(each)} has the action ${each.action.name} (${openTo(each.action.visibility)}), which this file does not register`);
        },
    },
    {
        id: 'proof/action-not-loaded',
        title: 'A loaded service lacks an action that its source always registers',
        why: '/health lists the service all the same, and calls of the action get 404.',
        severity: 'warning',
        mend: 'Build from a clean checkout; look for code that takes the action away, or a second registration of its name.',
        bad: "this.registerAction('list', this.list)\nthis.settings = undefined // and an image without list",
        good: "this.registerAction('list', this.list)",
        *check({ differences }) {
            for (const each of differences)
                if (each.kind === 'not-loaded')
                    yield atSource(each, `the image’s ${nameOf(each)} has no action ${each.action}, which is registered here: calls of it get 404`);
        },
    },
    {
        id: 'proof/action-opened',
        title: 'A loaded action is open to others than its source says',
        why: '`public` is for services only; anything published can be called by everybody who is logged in, over HTTP and sockets.',
        severity: 'warning',
        mend: 'Build from a clean checkout, so that the image has what was reviewed.',
        bad: "`visibility: 'public'` in the source, `published` in the image",
        good: "`visibility: 'public'` in both",
        *check({ differences }) {
            for (const each of differences)
                if (each.kind === 'differs')
                    yield atSource(each, `the source says ${each.source} of the action ${each.action}; the image’s ${nameOf(each)} has it ${each.loaded} (${openTo(each.loaded)})`);
        },
    },
    {
        id: 'proof/event-not-in-source',
        title: 'A loaded service listens to an event that its source does not name',
        why: 'What was reviewed is not what runs: the image was built from something else, or the listener comes from code outside of the service.',
        severity: 'warning',
        mend: 'Build from a clean checkout; if other code registers the listener on purpose, register it in the service’s own file.',
        bad: 'chat.message.updateMessage in the image, which tickets.service.ts does not listen to',
        good: "this.registerEventListener('chat.message.updateMessage', (payload) => this.index(payload))",
        *check({ differences }) {
            for (const each of differences)
                if (each.kind === 'event-not-in-source')
                    yield atSource(each, `the image’s ${nameOf(each)} listens to the event ${each.event}, which this file does not`);
        },
    },
    {
        id: 'proof/event-not-loaded',
        title: 'A loaded service does not listen to an event that its source always listens to',
        why: '/health lists the service all the same, and it never hears of what happens.',
        severity: 'warning',
        mend: 'Build from a clean checkout; look for code that takes the listener away.',
        bad: "this.registerEventListener('chat.message.updateMessage', f) // and an image without it",
        good: "this.registerEventListener('chat.message.updateMessage', f)",
        *check({ differences }) {
            for (const each of differences)
                if (each.kind === 'event-not-loaded')
                    yield atSource(each, `the image’s ${nameOf(each)} does not listen to the event ${each.event}, as it should by this line`);
        },
    },
    {
        id: 'proof/handler-undefined',
        title: 'A loaded service has registered a handler that is no function',
        why: 'The action is listed and /health is content, and each call throws.',
        severity: 'error',
        mend: 'Give it a function: a method, not a field, since a field is set after onInit has run.',
        bad: "private list = async (ctx) => []\n\nonInit() {\n  this.registerAction('list', this.list)\n}",
        good: "async list(ctx) {\n  return []\n}\n\nonInit() {\n  this.registerAction('list', this.list)\n}",
        *check({ differences }) {
            for (const each of differences)
                if (each.kind === 'undefined-handler')
                    yield atSource(each, `the image’s ${nameOf(each)} has the ${each.of} ${each.name} without a function behind it: ${each.of === 'action' ? 'each call' : 'each event'} throws`);
        },
    },
    {
        id: 'proof/registrations-switched-off',
        title: 'A loaded service lacks what an environment variable guards',
        why: '/health lists the service all the same, and the actions answer 404 until the variable is set.',
        severity: 'warning',
        foreseenBy: 'service/needs-environment',
        mend: 'Set the variables where the service runs, such as in docker-compose.env; accept the finding where they are set elsewhere.',
        bad: 'A service behind `if (!process.env.MAIL_URL) return`, and no MAIL_URL',
        good: 'MAIL_URL in docker-compose.env',
        *check({ differences }) {
            for (const each of differences)
                if (each.kind === 'switched-off')
                    yield atSource(each, `${nameOf(each)} loads with ${each.loadedActions} of its ${each.allActions} actions: ${each.names.join(', ')} need ${each.environment.join(', ')}, which no compose or env file of the repository sets where it runs`);
        },
    },
];
function atSource({ service, offset }, message) {
    return {
        ...(offset === undefined ? { file: service.file } : (0,lib_text/* positionAt */.t$)(service.source, offset)),
        plugin: service.plugin,
        message,
    };
}
function nameOf({ service }) {
    return service.name ?? service.compiled;
}
function openTo(visibility) {
    return visibility.startsWith('published') ? 'open to everybody who is logged in' : 'for services only';
}

// EXTERNAL MODULE: ./.build/src/sync/outdated.js
var outdated = __nccwpck_require__(6483);
// EXTERNAL MODULE: ./.build/src/rules/entries.js
var entries = __nccwpck_require__(2411);
;// CONCATENATED MODULE: ./.build/src/rules/registration.js







/** Rules about the files that register plugins, and their entries. */
const registrationRules = [
    {
        id: 'registration/unreadable',
        title: 'A registration file cannot be understood',
        why: 'Tailchat copies registry.json into the image as it is: a client that cannot parse it shows a broken plugin store.',
        severity: 'error',
        mend: 'Make registry.json a JSON array, keep `builtinPlugins` an array or a call with an array, and write out the names behind plugin:install.',
        bad: 'export const builtinPlugins = [...official].concat(ours)',
        good: 'export const builtinPlugins = _compact([...official, ...ours])',
        *check({ workspace: { registry, rootPackage, installLists, builtin } }) {
            if (registry?.problem)
                yield (0,types.at)(registry.problem.position, {
                    message: `not valid JSON: ${registry.problem.message}; the client would get a broken plugin store`,
                });
            else if (registry && !Array.isArray(registry.value))
                yield (0,types.at)((0,json/* positionInJson */.Fx)(registry, []), { message: 'the plugin registry must be a JSON array' });
            if (rootPackage?.problem)
                yield (0,types.at)(rootPackage.problem.position, { message: `not valid JSON: ${rootPackage.problem.message}` });
            for (const { file, commandEnd, problem } of installLists)
                if (problem !== undefined)
                    yield (0,types.at)((0,lib_text/* positionAt */.t$)(file, commandEnd), {
                        message: `the names behind plugin:install cannot be told: ${problem}; write them out behind it`,
                    });
            if (builtin && !builtin.list.understood)
                yield {
                    file: builtin.path,
                    line: 1,
                    column: 1,
                    message: `the built-in plugins cannot be read: ${builtin.list.reason}`,
                };
        },
    },
    {
        id: 'registration/entry-without-plugin',
        title: 'A registration names a plugin that is not there',
        why: 'The client loads a page instead of a bundle; for a built-in plugin every user sees the error.',
        severity: 'error',
        mend: 'Remove the entry, or add the plugin.',
        bad: '[{ "name": "com.acme.gone", "url": "/plugins/com.acme.gone/index.js" }]',
        good: '[]',
        *check({ workspace, desired }) {
            const names = pluginNames(workspace);
            const renamed = new Set(desired.plugins.map(({ renamedFrom }) => renamedFrom));
            for (const { name, url, position, remove } of (0,entries/* entriesOf */.M)(workspace)) {
                if (name === undefined || names.has(name) || renamed.has(name) || isAbsolute(url))
                    continue;
                const misplaced = misplacedHint(workspace, name);
                const near = suggestion(name, names);
                // A slip of the pen, or an entry whose url is of another plugin: it may be that one which is meant.
                const isUnclear = misplaced !== '' || near !== '' || [...names].some((each) => url?.includes(`/plugins/${each}/`));
                yield (0,types.at)(position('name'), {
                    plugin: name,
                    message: misplaced ||
                        `there is no plugin ${JSON.stringify(name)}${near}: remove the entry, or add the plugin${renamedHint(desired, name)}`,
                    ...(!isUnclear && { fix: (0,types/* fixLater */.K)(remove) }),
                });
            }
        },
    },
    {
        id: 'registration/url-not-canonical',
        title: 'The url of a registration does not point at the plugin’s own bundle',
        why: 'The client loads another plugin’s bundle, or none. What it takes from registry.json it uses as it stands: there `{BACKEND}` is not replaced.',
        severity: 'error',
        mend: 'Set `url` to `/plugins/NAME/index.js`; in builtin.ts with `{BACKEND}` before it for a full-stack plugin.',
        bad: '// client/web/registry.json\n{ "name": "com.acme.theme", "url": "{BACKEND}/plugins/com.acme.theme/index.js" }',
        good: '// client/web/registry.json\n{ "name": "com.acme.theme", "url": "/plugins/com.acme.theme/index.js" }',
        *check({ workspace }) {
            for (const { entry, expected } of misdirected(workspace)) {
                const { url, name, position, set } = entry;
                yield (0,types.at)(position('url'), {
                    plugin: name ?? '',
                    message: url === undefined
                        ? `"url" is missing: add ${JSON.stringify(expected)}, or the client asks for a file named "undefined"`
                        : `url is ${JSON.stringify(url)}; in ${entry.file} it is ${JSON.stringify(expected)}, or the client loads something else or nothing`,
                    // Another host is meant; only its owner knows the path.
                    ...(!/^https?:/.test(url ?? '') && set && { fix: (0,types/* fixLater */.K)(() => set('url', expected)) }),
                });
            }
        },
    },
    {
        id: 'registration/url-without-backend',
        title: 'The url of a built-in full-stack plugin does not begin with {BACKEND}',
        why: 'The bundle is served by the server: where the web client is hosted on another origin, it asks that origin in vain, and every user sees the error.',
        severity: 'warning',
        mend: 'Put `{BACKEND}` before the path; the client replaces it by the server’s address.',
        bad: `// client/web/src/plugin/builtin.ts\n{ name: 'com.acme.tickets', url: '/plugins/com.acme.tickets/index.js' }`,
        good: `// client/web/src/plugin/builtin.ts\n{ name: 'com.acme.tickets', url: '{BACKEND}/plugins/com.acme.tickets/index.js' }`,
        *check({ workspace }) {
            const plugins = webPluginsByName(workspace);
            for (const { name, url, place, position, set } of (0,entries/* entriesOf */.M)(workspace)) {
                const plugin = plugins.get(name ?? '');
                if (place !== 'builtin' || plugin?.kind !== 'fullstack')
                    continue;
                if (url !== (0,layout/* canonicalUrl */.W3)('frontend', plugin.name))
                    continue;
                yield (0,types.at)(position('url'), {
                    plugin: plugin.name,
                    message: `url is ${JSON.stringify(url)}; the server holds the bundle of a full-stack plugin, so write "{BACKEND}${url}": without it nothing loads where the client has another origin`,
                    ...(set && { fix: (0,types/* fixLater */.K)(() => set('url', (0,layout/* canonicalUrl */.W3)('fullstack', plugin.name))) }),
                });
            }
        },
    },
    {
        id: 'registration/duplicate-entry',
        title: 'A plugin is listed twice',
        why: 'The plugin store shows two cards for it, the client ignores one of two built-in entries, and the install script is given work twice.',
        severity: 'warning',
        mend: 'Remove the later entry; a full-stack plugin belongs in plugin:install, not in registry.json.',
        bad: 'pnpm run plugin:install com.acme.tickets com.acme.polls com.acme.tickets',
        good: 'pnpm run plugin:install com.acme.tickets com.acme.polls',
        *check({ workspace, desired }) {
            const message = (name) => `the list names ${name} already: remove this entry`;
            const seen = new Set();
            const installed = new Set(desired.plugins
                // One that is declared is taken out of registry.json anyway.
                .filter(({ plugin, today, wanted }) => plugin.kind === 'fullstack' && today.install && wanted.registry)
                .map(({ plugin }) => plugin.name));
            for (const { name, place, isConditional, position, remove } of (0,entries/* entriesOf */.M)(workspace)) {
                // Of two conditions at most one may hold.
                if (name === undefined || isConditional)
                    continue;
                if (seen.has(`${place} ${name}`))
                    yield (0,types.at)(position('name'), { plugin: name, message: message(name), fix: (0,types/* fixLater */.K)(remove) });
                else if (place === 'registry' && installed.has(name))
                    yield (0,types.at)(position('name'), {
                        plugin: name,
                        message: `plugin:install offers ${name} already, and the plugin store would show it twice: remove this entry`,
                        fix: (0,types/* fixLater */.K)(remove),
                    });
                seen.add(`${place} ${name}`);
            }
            for (const { name, position, replace } of installNames(workspace)) {
                if (seen.has(`install ${name}`))
                    yield (0,types.at)(position, { plugin: name, message: message(name), fix: replace([]) });
                seen.add(`install ${name}`);
            }
        },
    },
    {
        id: 'registration/entry-without-effect',
        title: 'A plugin that is built in is listed in registry.json too',
        why: 'The plugin store hides what is built in (client/web/src/plugin/PluginStore): the entry is never seen, and later edits of it change nothing.',
        severity: 'notice',
        mend: 'Remove the entry of registry.json, or declare `offer: [registry, builtin]` if it is to stay.',
        bad: `// client/web/registry.json
[{ "name": "com.acme.theme", … }]
// client/web/src/plugin/builtin.ts
export const builtinPlugins = [{ name: 'com.acme.theme', … }]`,
        good: `// client/web/registry.json
[]
// client/web/src/plugin/builtin.ts
export const builtinPlugins = [{ name: 'com.acme.theme', … }]`,
        *check({ workspace, desired }) {
            const builtIn = new Set(desired.plugins.flatMap(({ plugin, today, wanted, declared }) => 
            // What is declared is meant, or taken out anyway.
            plugin.kind === 'frontend' && !declared && today.builtin === 'yes' && wanted.registry
                ? plugin.name
                : []));
            for (const { name, place, position, remove } of (0,entries/* entriesOf */.M)(workspace))
                if (place === 'registry' && name !== undefined && builtIn.has(name))
                    yield (0,types.at)(position('name'), {
                        plugin: name,
                        message: `${name} is built in for everyone (${layout/* layout */.Zp.builtinTs}), and the plugin store hides what is built in: this entry has no effect; remove it`,
                        fix: (0,types/* fixLater */.K)(remove),
                    });
        },
    },
    {
        id: 'registration/manifest-differs',
        title: 'A registration says something else than the plugin’s manifest',
        why: 'Users see what the registration says: an old version, description or picture, or no word of the restart that the plugin needs.',
        severity: 'warning',
        mend: 'Copy the field from the manifest, or run sync with fix.',
        bad: '// registry.json, while the manifest says 2.0.0\n{ "name": "com.acme.theme", "version": "1.0.0" }',
        good: '// registry.json\n{ "name": "com.acme.theme", "version": "2.0.0" }',
        *check({ workspace, desired }) {
            const plugins = webPluginsByName(workspace);
            // These sync makes equal, and says so.
            const refreshed = new Set(desired.plugins.filter(({ refresh }) => refresh).map(({ plugin }) => plugin));
            for (const entry of (0,entries/* entriesOf */.M)(workspace)) {
                const plugin = plugins.get(entry.name ?? '');
                if (plugin && refreshed.has(plugin) && !entry.isConditional)
                    continue;
                const manifest = (0,json/* asObject */.eB)(plugin?.web?.manifest?.value);
                // The manifest of another plugin would differ in everything: its name is one finding, and enough.
                if (!plugin || !manifest || manifest['name'] !== plugin.name || !entry.fields)
                    continue;
                const { set } = entry;
                for (const { field, here, there } of (0,outdated/* outdatedFields */.k)(workspace, plugin, entry.fields)) {
                    yield (0,types.at)(entry.position(field), {
                        plugin: plugin.name,
                        message: `${JSON.stringify(field)} is ${registration_shown(here)} here and ${registration_shown(there)} in ${plugin.web?.manifest?.path}: make them equal`,
                        ...(set && { fix: (0,types/* fixLater */.K)(() => set(field, there)) }),
                    });
                }
            }
        },
    },
    {
        id: 'registration/left-by-a-build',
        title: 'An earlier build has left a plugin that would be offered again',
        why: 'The install script adds to server/public/registry-be.json and takes nothing out; the image gets the file as it is here, and offers a plugin that it does not hold.',
        severity: 'warning',
        mend: 'Delete server/public/registry-be.json and server/public/plugins, or name server/public in .dockerignore.',
        bad: '// server/public/registry-be.json, while plugin:install does not name it\n[{ "name": "com.acme.gone" }]',
        good: '# .dockerignore\nserver/public/plugins\nserver/public/registry-be.json',
        *check({ workspace }) {
            const { builtRegistry, dockerIgnore, installLists } = workspace;
            if (!builtRegistry || dockerIgnore?.keepsOut(builtRegistry.path))
                return;
            if (installLists.length === 0 || installLists.some(({ problem }) => problem !== undefined))
                return;
            const installed = installNames(workspace).map(({ name }) => name);
            for (const { name, index } of builtRegistry.entries) {
                if (name === undefined || installed.includes(name) || installed.includes('all'))
                    continue;
                yield (0,types.at)((0,json/* positionInJson */.Fx)(builtRegistry, [index, 'name']), {
                    plugin: name,
                    message: `plugin:install does not name ${name}, and an image that is built from this directory offers it all the same: delete ${builtRegistry.path}`,
                });
            }
        },
    },
    {
        id: 'registration/dockerignore-not-read',
        title: 'A line of .dockerignore is not understood',
        why: 'What the line keeps out of the image counts as part of it: strategy `auto` then builds in full where an overlay would do. Docker’s own reading of the line is not changed by that.',
        severity: 'notice',
        mend: 'Write the line with fewer wildcards, as several lines if need be.',
        bad: '# .dockerignore\n**/*.*.*.*.map',
        good: '# .dockerignore\n**/*.map',
        *check({ workspace: { dockerIgnore } }) {
            if (!dockerIgnore)
                return;
            const [first] = dockerIgnore.problems;
            if (!first)
                return;
            const others = dockerIgnore.problems.length - 1;
            const more = others === 0 ? '' : ` (and so ${others} more of its lines)`;
            yield {
                file: dockerIgnore.path,
                line: first.line,
                column: 1,
                message: `this line is not understood${more}, since ${first.reason}: what it may keep out counts as part of the image`,
            };
        },
    },
];
/** The plugins that have a browser side, the first of each name; there may be a backend plugin of the same name. */
function webPluginsByName({ plugins }) {
    const byName = new Map();
    for (const plugin of plugins)
        if (plugin.web && !byName.has(plugin.name))
            byName.set(plugin.name, plugin);
    return byName;
}
/** Entries whose url is not that of their plugin's bundle, with what it has to be in their file. */
function* misdirected(workspace) {
    const plugins = webPluginsByName(workspace);
    for (const entry of (0,entries/* entriesOf */.M)(workspace)) {
        const plugin = plugins.get(entry.name ?? '');
        if (!plugin || plugin.kind === 'backend')
            continue;
        const isComputed = entry.url === undefined && (!entry.fields || entry.fields.has('url'));
        if (isComputed && entry.place === 'builtin')
            continue;
        const plain = (0,layout/* canonicalUrl */.W3)('frontend', plugin.name);
        const expected = entry.place === 'registry' ? plain : (0,layout/* canonicalUrl */.W3)(plugin.kind, plugin.name);
        const isWithoutBackend = plugin.kind === 'fullstack' && entry.url === plain;
        if (entry.url === expected || isWithoutBackend)
            continue;
        if (entry.url !== undefined && (0,layout/* isHostedElsewhere */.ul)(entry.url, plugin.name))
            continue;
        yield { entry, expected };
    }
}
function registration_shown(value) {
    if (value === undefined)
        return 'missing';
    const text = JSON.stringify(value);
    return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
function pluginNames(workspace) {
    return new Set(workspace.plugins.map(({ name }) => name));
}
/** A plugin that is hosted elsewhere needs no directory here. */
function isAbsolute(url) {
    return url !== undefined && /^https?:\/\//.test(url);
}

;// CONCATENATED MODULE: ./.build/src/rules/service.js




const serviceRules = [
    {
        id: 'service/syntax-error',
        title: 'A service file does not parse',
        why: 'The server’s build prints the error and succeeds; the process that loads the file dies.',
        severity: 'error',
        mend: 'Mend the syntax at the place that the message names.',
        bad: 'class Tickets extends TcService {',
        good: 'class Tickets extends TcService {}',
        *check({ workspace }) {
            for (const { plugin, service } of services(workspace))
                if (service.syntaxProblem)
                    yield (0,types.at)(service.syntaxProblem.position, {
                        plugin: plugin.name,
                        message: `not valid TypeScript: ${service.syntaxProblem.message}`,
                    });
        },
    },
    {
        id: 'service/file-name',
        title: 'A service’s file name is not X.service.ts',
        why: 'The server loads **/*.service.js, case and dots included: what is named otherwise is compiled and never loaded.',
        severity: 'error',
        mend: 'Rename the file to X.service.ts.',
        bad: 'services/ticketsService.ts',
        good: 'services/tickets.service.ts',
        *check({ workspace }) {
            for (const { plugin, service } of services(workspace)) {
                if (service.loadedIn !== 'unloaded')
                    continue;
                const cut = service.path.lastIndexOf('/') + 1;
                const name = service.path.slice(cut);
                const better = service.path.slice(0, cut) + properName(name);
                const isTaken = plugin.files.some((file) => `${plugin.directory}/${file}` === better);
                yield {
                    plugin: plugin.name,
                    file: service.path,
                    line: 1,
                    column: 1,
                    message: `${name} defines a service and is never loaded: rename it to ${properName(name)}`,
                    ...(!isTaken && { fix: { rename: better } }),
                };
            }
        },
    },
    {
        id: 'service/no-default-export',
        title: 'A service file has no default export',
        why: 'The process that loads plugins stops with "Service name can’t be empty", and every plugin is down.',
        severity: 'error',
        mend: 'End the file with `export default` and the service class.',
        bad: 'export class Tickets extends TcService {}',
        good: `class Tickets extends TcService {}
export default Tickets`,
        *check({ workspace }) {
            for (const { plugin, service } of parsedServices(workspace)) {
                if (service.hasDefaultExport)
                    continue;
                yield {
                    plugin: plugin.name,
                    file: service.path,
                    line: 1,
                    column: 1,
                    message: 'there is no default export: end the file with `export default` and the service class',
                };
            }
        },
    },
    {
        id: 'service/name-missing',
        title: 'A service has no name',
        why: 'The process that loads plugins stops with "Service name can’t be empty", and every plugin is down.',
        severity: 'error',
        mend: 'Give the class the getter `serviceName`.',
        bad: 'class Tickets extends TcService {}',
        good: `class Tickets extends TcService {
  get serviceName() {
    return 'plugin:com.acme.tickets'
  }
}`,
        *check({ workspace }) {
            for (const { plugin, service } of parsedServices(workspace)) {
                if (!service.hasDefaultExport || service.nameIs !== 'none')
                    continue;
                yield (0,types.at)(service.definedAt ?? { file: service.path, line: 1, column: 1 }, {
                    plugin: plugin.name,
                    message: `the service has no name: add \`get serviceName() { return 'plugin:${plugin.name}' }\``,
                });
            }
        },
    },
    {
        id: 'service/name-mismatch',
        title: 'A service is not named after its plugin',
        why: 'The web client calls /api/plugin:NAME/…: a service of another name runs and is never found, or shares the calls of a core service.',
        severity: 'error',
        mend: 'Name the service `plugin:NAME`, or `plugin:NAME.SUB` where the plugin has several.',
        bad: `// server/plugins/com.acme.tickets/services/tickets.service.ts
get serviceName() { return 'tickets' }`,
        good: `// server/plugins/com.acme.tickets/services/tickets.service.ts
get serviceName() { return 'plugin:com.acme.tickets' }`,
        *check({ workspace }) {
            for (const { plugin, service } of parsedServices(workspace)) {
                const name = service.serviceName;
                if (!name || isNameOf(plugin, name.value))
                    continue;
                yield (0,types.at)(name.position, {
                    plugin: plugin.name,
                    message: `the service is named ${JSON.stringify(name.value)}; it must be "plugin:${plugin.name}" or "plugin:${plugin.name}.…", or the web client's calls get 404`,
                    // Of several services only their author knows which is which.
                    ...(plugin.services.length === 1 &&
                        !name.isComputed && {
                        fix: { edits: [replaceLiteral(service, name, `plugin:${plugin.name}`)] },
                    }),
                });
            }
        },
    },
    {
        id: 'service/duplicate-name',
        title: 'Two services have the same name',
        why: 'The second one is never registered, and nothing says so.',
        severity: 'error',
        mend: 'Give the second service a name of its own.',
        bad: `get serviceName() { return 'plugin:com.acme.tickets' } // in two files`,
        good: `get serviceName() { return 'plugin:com.acme.tickets.archive' } // in the second file`,
        *check({ workspace }) {
            const first = new Map();
            for (const { plugin, service } of parsedServices(workspace)) {
                // A development file may stand in for a production one: both are never loaded in production.
                if (!service.serviceName || service.loadedIn !== 'production')
                    continue;
                const other = first.get(service.serviceName.value);
                if (!other)
                    first.set(service.serviceName.value, service);
                else
                    yield (0,types.at)(service.serviceName.position, {
                        plugin: plugin.name,
                        message: `${other.path} has the service name ${JSON.stringify(service.serviceName.value)} already: the second is never registered; give this one a name of its own, such as "plugin:${plugin.name}.sub"`,
                    });
            }
        },
    },
    {
        id: 'service/not-compiled',
        title: 'A service stands where the server’s compiler does not look',
        why: 'What is below a directory named web, or one that begins with a dot, is left out of the build (server/tsconfig.json): the service is never loaded, and nothing says so.',
        severity: 'error',
        mend: 'Move the file out of that directory, such as to services/.',
        bad: 'server/plugins/com.acme.tickets/services/web/tickets.service.ts',
        good: 'server/plugins/com.acme.tickets/services/tickets.service.ts',
        *check({ workspace }) {
            for (const { name, directory, misplacedServices } of workspace.plugins)
                for (const file of misplacedServices) {
                    const hidden = /(?:^|\/)(web|\.[^/]*)(?:\/|$)/.exec(file.slice(directory.length))?.[1];
                    yield {
                        plugin: name,
                        file,
                        line: 1,
                        column: 1,
                        message: `the file defines a service, and nothing ${hidden === 'web' ? 'below a directory named web' : `at ${hidden}`} is compiled for the server: move it to ${directory}/services`,
                    };
                }
        },
    },
    {
        id: 'service/import-missing',
        title: 'The code of a server plugin loads a file that does not exist',
        why: 'The build prints the error and succeeds; in the image the import throws, and the process stops with every plugin in it. Linux tells upper case from lower case, other systems may not.',
        severity: 'error',
        mend: 'Mend the path, case included, or add the file.',
        bad: `import { Store } from './store' // the file is Store.ts`,
        good: `import { Store } from './Store'`,
        *check({ workspace }) {
            for (const plugin of workspace.plugins) {
                if (plugin.kind === 'frontend')
                    continue;
                for (const file of plugin.sources)
                    for (const { specifier, offset, otherCase } of missingImports(plugin, file))
                        yield (0,types.at)((0,lib_text/* positionAt */.t$)(file, offset), {
                            plugin: plugin.name,
                            message: otherCase
                                ? `${JSON.stringify(specifier)} is ${otherCase}, which is spelled otherwise: Linux tells upper case from lower case, so loading this file throws in the image`
                                : `${JSON.stringify(specifier)} names no file: loading this file throws in the image, and the process stops with every plugin in it`,
                        });
            }
        },
    },
    {
        id: 'service/file-not-emitted',
        title: 'The code of a server plugin loads a file that is not in the image',
        why: 'The compiler emits TypeScript only: requiring a .js or .json file next to it throws, and the process stops with every plugin in it.',
        severity: 'error',
        mend: 'Make the file a TypeScript module that exports the data.',
        bad: `const prices = require('./prices.json')`,
        good: `import { prices } from './prices'`,
        *check({ workspace }) {
            for (const plugin of workspace.plugins) {
                if (plugin.kind === 'frontend')
                    continue;
                for (const file of plugin.sources) {
                    const found = notEmitted(plugin, file, workspace.compiler);
                    for (const { specifier, offset, path } of found)
                        yield (0,types.at)((0,lib_text/* positionAt */.t$)(file, offset), {
                            plugin: plugin.name,
                            message: `${JSON.stringify(specifier)} is ${path}, which the server's build does not copy: loading this file throws in the image; make it a TypeScript module`,
                        });
                }
            }
        },
    },
];
/** Whether a server-side file may be loaded: tests and scripts are compiled and never loaded; web/ is the bundler's. */
function isLoaded(relative) {
    return /\.tsx?$/.test(relative) && !/(^|\/)(web|tests?|__tests__|scripts)\/|\.(spec|test)\./.test(relative);
}
/** The literal with another text, in the quotes that it has. */
function replaceLiteral(file, { start, end }, text) {
    const quote = file.text.charAt(start);
    const content = quote + text.replace(/[\\'"`$]/g, '\\$&') + quote;
    return { offset: start, length: end - start, content };
}
function services(workspace) {
    return workspace.plugins.flatMap((plugin) => plugin.services.map((service) => ({ plugin, service })));
}
function parsedServices(workspace) {
    return services(workspace).filter(({ service }) => !service.syntaxProblem);
}
function isNameOf(plugin, serviceName) {
    const own = `plugin:${plugin.name}`;
    return serviceName === own || (serviceName.startsWith(`${own}.`) && serviceName.length > own.length + 1);
}
/** `mailService.ts`, `mail.Service.ts` and `mail.service.js` all mean `mail.service.ts`. */
function properName(fileName) {
    const stem = fileName.replace(/(?:[._-]?services?(?:\.dev)?)?\.[cm]?[jt]sx?$/i, '');
    const dev = /\.dev\.[^.]+$/.test(fileName) ? '.dev' : '';
    return `${stem === '' ? 'index' : stem}.service${dev}.ts`;
}
/** What a server-side file loads by a relative path, and which the compiler leaves out. */
function* notEmitted(plugin, file, compiler) {
    const relative = file.path.slice(plugin.directory.length + 1);
    if (!isLoaded(relative))
        return;
    const text = (0,lib_text/* withoutComments */.fx)(file.text);
    for (const match of text.matchAll(/(\bfrom\s*|\bimport\s*|\brequire\s*\(\s*)(['"])(\.[^'"\n]*)\2/g)) {
        const [whole, keyword = '', , specifier = ''] = match;
        const target = external_node_path_.posix.join(external_node_path_.posix.dirname(relative), specifier);
        const path = ['', '.js', '.json', '/index.js']
            .map((ending) => target + ending)
            .find((each) => plugin.files.includes(each));
        const stem = target.replace(/\.js$/, '');
        const isCompiled = ['.ts', '.tsx', '/index.ts', '/index.tsx'].some((ending) => plugin.files.includes(stem + ending));
        if (path === undefined || isCompiled || /\.tsx?$/.test(path))
            continue;
        if (/\.jsx?$/.test(path) && compiler.emitsJavaScript)
            continue;
        // With resolveJsonModule an import emits the file; a plain require does not, unless something else imports it.
        if (path.endsWith('.json') && compiler.emitsImportedJson && !keyword.startsWith('require'))
            continue;
        yield { specifier, path, offset: match.index + whole.length - specifier.length - 2 };
    }
}
const RESOLVED_BY = /^(?:\.d)?\.[cm]?[jt]sx?$|^\.(?:json|node)$/;
/** What a server-side file loads from its plugin's directory by a path that names no file. */
function* missingImports(plugin, file) {
    const relative = file.path.slice(plugin.directory.length + 1);
    if (!isLoaded(relative))
        return;
    const names = fileNames(plugin);
    const isMissing = (specifier) => {
        const target = external_node_path_.posix.join(external_node_path_.posix.dirname(relative), specifier).replace(/\/$/, '');
        // What is elsewhere in the repository is not known here, nor what no listing enters.
        if (/^\.\.(?:\/|$)|(?:^|\/)(?:\.[^./]|node_modules(?:\/|$))/.test(target))
            return false;
        return !names.has(target) && !names.has(`${target}.ts`) && !resolves(plugin.files, target);
    };
    const mention = /\b(?:from|import|require\s*\()\s*(['"])(\.[^'"\r\n]*)\1/g;
    if (![...file.text.matchAll(mention)].some(([, , specifier = '']) => isMissing(specifier)))
        return;
    for (const { specifier, start } of (0,imports/* relativeImports */.Xj)(file)) {
        if (!isMissing(specifier))
            continue;
        const target = external_node_path_.posix.join(external_node_path_.posix.dirname(relative), specifier).replace(/\/$/, '');
        const lower = plugin.files.map((each) => each.toLowerCase());
        const index = lower.findIndex((each) => resolves([each], target.toLowerCase()));
        yield { specifier, offset: start, otherCase: plugin.files[index] };
    }
}
/** Each file of a plugin asks for the same set: most imports are told by it alone. */
const knownNames = new WeakMap();
function fileNames(plugin) {
    const names = knownNames.get(plugin) ?? new Set(plugin.files);
    knownNames.set(plugin, names);
    return names;
}
/** Whether one of the files is what Node.js or the compiler takes a path without an ending for. */
function resolves(files, target) {
    const stem = target.replace(/\.[cm]?jsx?$/, '');
    const below = target === '.' || target === '' ? '' : `${target}/`;
    return files.some((file) => file === target ||
        (file.startsWith(stem) && RESOLVED_BY.test(file.slice(stem.length))) ||
        (file.startsWith(target) && RESOLVED_BY.test(file.slice(target.length))) ||
        file === `${below}package.json` ||
        (file.startsWith(`${below}index`) && RESOLVED_BY.test(file.slice(below.length + 5))));
}

// EXTERNAL MODULE: ./.build/src/declarations/elsewhere/lock-file.js
var lock_file = __nccwpck_require__(8406);
// EXTERNAL MODULE: ./.build/src/declarations/elsewhere/vendored.js
var elsewhere_vendored = __nccwpck_require__(5519);
;// CONCATENATED MODULE: ./.build/src/rules/source.js



/** Rules about plugins from elsewhere: the lock, and whether the files are those that it names. */
const sourceRules = [
    {
        id: 'source/lock-invalid',
        title: 'The lock of plugins from elsewhere cannot be understood',
        why: 'Nobody can tell whether the files of these plugins are those of their sources.',
        severity: 'error',
        mend: 'Take the file from the last commit in which it was right; `tailchat-plugins add` and `update` write it.',
        bad: `version: 1
plugins:
  com.acme.theme: { source: github:acme/theme }`,
        good: `version: 1
plugins:
  com.acme.theme:
    source: github:acme/theme
    commit: 5d1f4b8c0e3a29f76b1d4c8e9a0f2b3c4d5e6f70
    directories:
      client/web/plugins/com.acme.theme: ""
    tree: sha256-…`,
        *check({ vendored }) {
            for (const { position, message } of vendored?.problems ?? [])
                yield (0,types.at)(position, { message: `${message}; no plugin was compared with its source` });
        },
    },
    {
        id: 'source/interrupted',
        title: 'Adding or updating a plugin was broken off',
        why: 'Some files are those of the new version and some of the old one.',
        severity: 'error',
        mend: 'Run any command that writes, such as `tailchat-plugins sync`: it first undoes what was left half done.',
        bad: '.tailchat-plugins.tmp/journal',
        good: 'no .tailchat-plugins.tmp',
        *check({ vendored }) {
            if (vendored?.interrupted)
                yield {
                    file: lock_file/* LOCK_FILE */.F,
                    message: 'an add, update or remove was killed halfway: run it again, or `tailchat-plugins sync`, which first undoes what is half done',
                };
        },
    },
    {
        id: 'source/modified',
        title: 'The files of a plugin from elsewhere are not those of its source',
        why: 'Whoever reads the lock believes that the files are those that were reviewed at the source, and an update overwrites the change or stops.',
        severity: 'error',
        mend: 'Restore the files, or say in tailchat-plugins.yml why they differ: `patched: REASON`. An update then merges.',
        bad: `# tailchat-plugins.yml, where a file was changed
com.acme.theme: { offer: registry }`,
        good: `com.acme.theme: { offer: registry, patched: our colours; theirs are not readable }`,
        *check({ vendored }) {
            for (const { name, locked, found, links, patched, position, unreadable } of vendored?.plugins ?? []) {
                const [directory = ''] = Object.keys(locked.directories);
                if (unreadable !== undefined) {
                    yield (0,types.at)(position, {
                        plugin: name,
                        message: `its files were not compared with the lock: ${unreadable}`,
                    });
                    continue;
                }
                for (const link of links)
                    yield {
                        plugin: name,
                        file: link,
                        message: `${link} is a symbolic link or a special file, which no source has: its content was not compared`,
                    };
                if (found === undefined || found === locked.tree || patched !== undefined)
                    continue;
                yield {
                    plugin: name,
                    file: directory,
                    message: `the files of ${name} are not those of ${(0,elsewhere_vendored/* requested */.lT)(locked)}: restore them (\`git checkout -- ${Object.keys(locked.directories).join(' ')}\`, or \`tailchat-plugins remove\` and \`add\`), or declare \`patched: REASON\` in tailchat-plugins.yml`,
                };
            }
        },
    },
    {
        id: 'source/files-missing',
        title: 'The lock names a plugin that is not in the tree',
        why: 'It is neither built nor updated, and who reads the lock believes that it is there.',
        severity: 'error',
        mend: 'Run `tailchat-plugins remove NAME`, or restore the directory.',
        bad: `# no client/web/plugins/com.acme.theme
plugins:
  com.acme.theme: { … }`,
        good: 'plugins: {}',
        *check({ vendored }) {
            for (const { name, locked, found, position, unreadable } of vendored?.plugins ?? [])
                if (found === undefined && unreadable === undefined)
                    yield (0,types.at)(position, {
                        plugin: name,
                        message: `${Object.keys(locked.directories).join(' and ')} ${Object.keys(locked.directories).length > 1 ? 'have' : 'has'} no files: restore them with git, or run \`tailchat-plugins remove ${name}\``,
                    });
        },
    },
    {
        id: 'source/not-locked',
        title: 'Files that count as from elsewhere have no entry in the lock',
        why: 'What they are is not known, and no update comes.',
        severity: 'error',
        mend: 'Add the plugin with `tailchat-plugins add`, or remove the directory or the word `patched`.',
        bad: `# tailchat-plugins.yml; tailchat-plugins.lock does not name it
com.acme.theme: { patched: our colours }`,
        good: 'com.acme.theme: { offer: registry }',
        *check({ workspace, desired: { declarations }, vendored }) {
            for (const { name, others } of vendored?.plugins ?? [])
                for (const directory of others)
                    yield {
                        plugin: name,
                        file: directory,
                        message: `${name} is from elsewhere, and ${directory} is not among the directories of its entry in ${lock_file/* LOCK_FILE */.F}: remove it, or give it another name`,
                    };
            if (vendored && vendored.problems.length > 0)
                return;
            const locked = new Set(vendored?.plugins.map(({ name }) => name));
            const names = new Set(workspace.plugins.map(({ name }) => name));
            for (const [name, { patched, position }] of declarations.plugins)
                if (patched !== undefined && names.has(name) && !locked.has(name))
                    yield (0,types.at)(position, {
                        plugin: name,
                        message: `${name} is declared as patched, and ${lock_file/* LOCK_FILE */.F} does not say from where it is: run \`tailchat-plugins add\` with its source, or remove \`patched\``,
                    });
        },
    },
];

;// CONCATENATED MODULE: ./.build/src/rules/web.js


/** Rules about the source code of browser sides. */
const webRules = [
    {
        id: 'web/unknown-import',
        title: 'A plugin imports a name that the web client does not export',
        why: 'The bundler leaves the import to the browser without a word: there the name is undefined, and calling it ends the plugin.',
        severity: 'error',
        mend: 'Import a name that client/web/src/plugin/common or component exports, or export it there.',
        bad: `import { openDialog } from '@capital/common'`,
        good: `import { openModal } from '@capital/common'`,
        *check({ workspace: { plugins, sharedModules } }) {
            if (sharedModules.size === 0)
                return;
            for (const { name: plugin, sources } of plugins)
                for (const file of sources)
                    for (const { name, module, offset } of sharedImports(file)) {
                        if (sharedModules.get(module)?.has(name) ?? true)
                            continue;
                        const home = [...sharedModules].find(([, names]) => names.has(name))?.[0];
                        yield (0,types.at)((0,lib_text/* positionAt */.t$)(file, offset), {
                            plugin,
                            message: `${module} exports no ${name}: it is undefined in the browser${home ? `; ${home} exports it` : ''}`,
                        });
                    }
        },
    },
];
/** The names that a file imports from the client's shared modules; types and tests are left out. */
function* sharedImports(file) {
    if (!file.text.includes('@capital/') || /(^|\/)__tests__\/|\.(spec|test)\.[jt]sx?$/.test(file.path))
        return;
    const text = (0,lib_text/* withoutComments */.fx)(file.text);
    const statement = /\bimport\s+(?:[\w$]+\s*,\s*)?\{([^{}]*)\}\s*from\s*['"](@capital\/[\w-]+)['"]/g;
    for (const match of text.matchAll(statement)) {
        const [whole, list = '', module = ''] = match;
        const start = match.index + whole.indexOf('{') + 1;
        for (const specifier of list.matchAll(/[^,]+/g)) {
            const [, type, name] = /^\s*(type\s+(?!as\b))?([\w$]+)/.exec(specifier[0]) ?? [];
            if (name === undefined || type !== undefined)
                continue;
            yield { name, module, offset: start + specifier.index + specifier[0].indexOf(name) };
        }
    }
}

// EXTERNAL MODULE: ./.build/src/source/source-facts.js
var source_facts = __nccwpck_require__(3830);
;// CONCATENATED MODULE: ./.build/src/rules/service-surface.js




/** What a crash of one service means: server/packages/sdk/src/runner loads them all into one process. */
const ALL_DOWN = 'the process stops, and with it every plugin';
/** Rules about what a service registers and does while it is constructed. */
const serviceSurfaceRules = [
    {
        id: 'service/init-throws',
        title: 'A service throws in onInit',
        why: 'onInit runs in the constructor: the process that loads plugins stops, and every plugin is down.',
        mend: 'Say what is missing with `console.warn` and return; the rest of the service then stays away, alone.',
        bad: "onInit() {\n  if (!process.env.MAIL_URL) throw new Error('MAIL_URL is not set')\n}",
        good: "onInit() {\n  if (!process.env.MAIL_URL) {\n    console.warn('MAIL_URL is not set')\n    return\n  }\n}",
        severity: 'warning',
        *check({ workspace }) {
            for (const { plugin, service } of loadedServices(workspace))
                for (const { kind, offset } of service.surface.hazards)
                    if (kind === 'throw')
                        yield (0,types.at)((0,lib_text/* positionAt */.t$)(service, offset), {
                            plugin: plugin.name,
                            message: `onInit throws here: ${ALL_DOWN}; warn with console.warn and return instead`,
                        });
        },
    },
    {
        id: 'service/logger-in-init',
        title: 'A service uses its logger in onInit',
        why: 'The logger is made after onInit: it is undefined there, so the process that loads plugins stops, and every plugin is down.',
        mend: 'Use `console` in onInit, or move the line to onInited or onStart.',
        bad: "onInit() {\n  this.logger.info('ready')\n}",
        good: "onInited() {\n  this.logger.info('ready')\n}",
        severity: 'error',
        *check({ workspace }) {
            for (const { plugin, service } of loadedServices(workspace))
                for (const { kind, offset } of service.surface.hazards)
                    if (kind === 'logger')
                        yield (0,types.at)((0,lib_text/* positionAt */.t$)(service, offset), {
                            plugin: plugin.name,
                            message: `this.logger is undefined in onInit: ${ALL_DOWN}; use console here, or move this to onInited`,
                        });
        },
    },
    {
        id: 'service/unknown-registration',
        title: 'A service calls a registration method that does not exist',
        why: 'The call throws in the constructor: the process that loads plugins stops, and every plugin is down.',
        mend: 'Use one of the methods of TcService, such as registerAction or registerEventListener.',
        bad: "this.registerActions('list', this.list)",
        good: "this.registerAction('list', this.list)",
        severity: 'error',
        *check({ workspace }) {
            const { serviceBase } = workspace;
            // Without the SDK's own source its members are unknown.
            if (!serviceBase)
                return;
            const known = new Set(serviceBase.text.match(/[\w$]+/g));
            for (const { plugin, service } of loadedServices(workspace))
                for (const { name, offset } of service.surface.unknownMethods)
                    if (!known.has(name))
                        yield (0,types.at)((0,lib_text/* positionAt */.t$)(service, offset), {
                            plugin: plugin.name,
                            message: `neither the class nor TcService (${layout/* layout */.Zp.serviceBase}) has a method ${name}: ${ALL_DOWN} once this runs`,
                        });
        },
    },
    {
        id: 'service/unused-lifecycle',
        title: 'A service has a method started or stopped, which nothing calls',
        why: 'TcService hands moleculer its own onStart and onStop: the service loads, reads healthy, and does nothing.',
        mend: 'Name the method onStart or onStop.',
        bad: 'async started() {\n  await this.connect()\n}',
        good: 'async onStart() {\n  await this.connect()\n}',
        severity: 'error',
        *check({ workspace }) {
            for (const { plugin, service } of loadedServices(workspace))
                for (const { name, offset, fix } of service.surface.unusedMethods)
                    yield (0,types.at)((0,lib_text/* positionAt */.t$)(service, offset), {
                        plugin: plugin.name,
                        message: `the method is named ${name}, which is never called; TcService calls ${name === 'started' ? 'onStart' : 'onStop'}`,
                        ...(fix && { fix: { edits: [fix] } }),
                    });
        },
    },
    {
        id: 'service/field-reset',
        title: 'A field loses what onInit has set it to',
        why: 'onInit runs inside super(), and the class’s own fields are defined after that: a field with a value, or one that is only declared, is reset. The service loads and is listed, and its calls throw.',
        mend: 'Write `declare` in front of a field that has no value; take the value away from one that has; or set the field in onStart.',
        bad: 'private pipeline: Pipeline;\n\nonInit() {\n  this.pipeline = new Pipeline()\n}',
        good: 'private declare pipeline: Pipeline;\n\nonInit() {\n  this.pipeline = new Pipeline()\n}',
        severity: 'error',
        *check({ workspace }) {
            for (const { plugin, service } of loadedServices(workspace))
                for (const { kind, name, offset, isDefinedOnly, fix } of service.surface.fieldFaults) {
                    if (kind !== 'reset' && kind !== 'redeclared')
                        continue;
                    if (isDefinedOnly && !workspace.compiler.definesFields)
                        continue;
                    const value = isDefinedOnly ? 'undefined' : 'the value of its declaration';
                    const mend = isDefinedOnly
                        ? 'write `declare` in front of its declaration'
                        : 'declare it without a value and with `declare`, or set it in onStart';
                    yield (0,types.at)((0,lib_text/* positionAt */.t$)(service, offset), {
                        plugin: plugin.name,
                        message: kind === 'reset'
                            ? `${name} is set here and reset to ${value} right after: fields are defined when the constructor of TcService has returned, and onInit runs in there; ${mend}`
                            : `this resets ${name}, which TcService has set, to undefined: fields are defined when its constructor has returned; ${mend}`,
                        ...(fix && { fix: { edits: [fix] } }),
                    });
                }
        },
    },
    {
        id: 'service/field-too-early',
        title: 'A service uses a field before it is there',
        why: 'onInit runs inside super(), before the class’s own fields have their values: what is read is undefined, and calling it stops the process with every plugin in it.',
        mend: 'Make a function that is a field a method, and a constant a `const` of the file; set anything else in onInit and declare it with `declare`.',
        bad: "private routes = new Map()\n\nonInit() {\n  this.routes.set('a', 'b')\n}",
        good: "private declare routes: Map<string, string>\n\nonInit() {\n  this.routes = new Map([['a', 'b']])\n}",
        severity: 'error',
        *check({ workspace }) {
            for (const { plugin, service } of loadedServices(workspace))
                for (const { kind, name, offset, isFatal } of service.surface.fieldFaults) {
                    const message = kind === 'too-early'
                        ? `${name} is undefined here: fields get their values when the constructor of TcService has returned, and this runs in there${isFatal ? `; ${ALL_DOWN}` : ''}`
                        : kind === 'private'
                            ? `${name} is not there yet: private members come when the constructor of TcService has returned, and this runs in there; ${ALL_DOWN}`
                            : kind === 'lifecycle'
                                ? `${name} is a field, which is set after TcService has looked for a method of that name: ${name === 'onInit' ? ALL_DOWN : 'it never runs'}; make it a method`
                                : undefined;
                    if (message !== undefined)
                        yield (0,types.at)((0,lib_text/* positionAt */.t$)(service, offset), { plugin: plugin.name, message });
                }
        },
    },
    {
        id: 'service/handler-undefined',
        title: 'A service registers a handler that is undefined',
        why: 'A function that is a field is set after onInit has run: the action is listed, and each call of it throws.',
        mend: 'Make the field a method.',
        bad: "private list = async (ctx) => []\n\nonInit() {\n  this.registerAction('list', this.list)\n}",
        good: "async list(ctx) {\n  return []\n}\n\nonInit() {\n  this.registerAction('list', this.list)\n}",
        severity: 'error',
        *check({ workspace }) {
            for (const { plugin, service } of loadedServices(workspace))
                for (const { kind, name, offset, registered, method } of service.surface.fieldFaults)
                    if (kind === 'handler')
                        yield (0,types.at)((0,lib_text/* positionAt */.t$)(service, offset), {
                            plugin: plugin.name,
                            message: `${name} is undefined here, since it is a field and gets its value after onInit: ${method === 'registerEventListener' ? `the event ${registered} is listened to, and each one` : `the action ${registered} is listed, and each call`} throws; make ${name} a method`.replace(/ {2}/g, ' '),
                        });
        },
    },
    {
        id: 'service/registered-too-late',
        title: 'A service registers something too late to have an effect',
        why: 'TcService hands moleculer what onInit has registered. What is registered later has no effect: the action answers 404, the event is not heard, and nothing says so.',
        mend: 'Move the registration to onInit, or to a method that onInit calls.',
        bad: "async onStart() {\n  this.registerAction('list', this.list)\n}",
        good: "onInit() {\n  this.registerAction('list', this.list)\n}",
        severity: 'error',
        *check({ workspace }) {
            for (const { plugin, service } of loadedServices(workspace))
                for (const { method, name, literal, offset, why } of service.surface.lateRegistrations)
                    yield (0,types.at)((0,lib_text/* positionAt */.t$)(service, offset), {
                        plugin: plugin.name,
                        message: `${method}${literal ? ` of ${name}` : ''} is called ${why}: it has no effect; call it in onInit`,
                    });
        },
    },
    {
        id: 'service/needs-environment',
        title: 'A service registers less without its environment variables',
        why: 'Without them /health lists the service all the same, and its actions answer 404.',
        mend: 'Set the variables where the service runs, and name them in the plugin’s README.',
        bad: 'A plugin whose README does not name what its onInit asks for',
        good: 'MAIL_URL in docker-compose.env, and in the plugin’s README',
        severity: 'notice',
        *check({ workspace }) {
            for (const { plugin, service } of loadedServices(workspace)) {
                const guarded = guardedRegistrations(service);
                if (guarded.length === 0)
                    continue;
                const first = guarded.reduce((least, { offset }) => Math.min(least, offset), Infinity);
                const variables = [...new Set(guarded.flatMap(({ environment }) => environment))].sort();
                const names = guarded.map(({ what, name }) => `${what} ${name}`);
                yield (0,types.at)((0,lib_text/* positionAt */.t$)(service, first), {
                    plugin: plugin.name,
                    message: `what is registered depends on ${variables.join(', ')}: ${names.join(', ')}; without the values it asks for, /health lists the service all the same and these are missing`,
                });
            }
        },
    },
    {
        id: 'service/second-database',
        title: 'A service registers a second database collection',
        why: 'Only the first registerLocalDb counts: what the service stores goes into the wrong collection, or finds no adapter.',
        mend: 'Move what needs the second collection into a service of its own, or use its model directly.',
        bad: "this.registerLocalDb(require('../models/ticket').default)\nthis.registerLocalDb(require('../models/reply').default)",
        good: "this.registerLocalDb(require('../models/ticket').default)",
        severity: 'error',
        *check({ workspace }) {
            for (const { plugin, service } of loadedServices(workspace)) {
                const [first] = service.surface.collections;
                for (const { repeated, name, offset } of service.surface.collections)
                    if (repeated)
                        yield (0,types.at)((0,lib_text/* positionAt */.t$)(service, offset), {
                            plugin: plugin.name,
                            message: `registerLocalDb of ${name} is ignored: the service has ${first?.name} already, and a service has one collection`,
                        });
            }
        },
    },
    {
        id: 'service/shared-collection',
        title: 'Two plugins store into the same collection',
        why: 'One process loads both: the model that is loaded first serves both plugins, and their records get mixed.',
        mend: 'Give one of the models another customName, such as one with the vendor’s name in it.',
        bad: "@modelOptions({ options: { customName: 'p_ticket' } }), in two plugins",
        good: "@modelOptions({ options: { customName: 'p_acme_ticket' } })",
        severity: 'warning',
        *check({ workspace }) {
            const first = new Map();
            for (const { plugin, service } of loadedServices(workspace))
                for (const collection of service.surface.collections) {
                    const name = (0,source_facts/* collectionName */.a1)(plugin, service, collection);
                    if (!name)
                        continue;
                    const other = first.get(name.value);
                    if (!other)
                        first.set(name.value, { plugin, file: name.position.file });
                    else if (other.plugin !== plugin)
                        yield (0,types.at)(name.position, {
                            plugin: plugin.name,
                            message: `the collection is named ${JSON.stringify(name.value)}, as that of ${other.plugin.name} (${other.file}): both plugins get the model that is loaded first; name it after the vendor too`,
                        });
                }
        },
    },
    {
        id: 'service/rest-route',
        title: 'An action of a plugin asks for a REST route of its own',
        why: 'The gateway cuts the action’s name at the colon of plugin:NAME: the route exists and answers 404.',
        mend: 'Leave `rest` out: the action answers at /api/plugin:NAME/ACTION by any method.',
        bad: "this.registerAction('list', this.list, { rest: 'GET /tickets' })",
        good: "this.registerAction('list', this.list)",
        severity: 'error',
        *check({ workspace }) {
            for (const { plugin, service } of loadedServices(workspace))
                for (const { name, rest } of service.surface.actions) {
                    if (!rest)
                        continue;
                    const edit = removeProperty(service.text, rest.offset, rest.end);
                    yield (0,types.at)((0,lib_text/* positionAt */.t$)(service, rest.offset), {
                        plugin: plugin.name,
                        message: `the action ${name} has \`${oneLine(service.text.slice(rest.offset, rest.end))}\`: a plugin’s REST routes answer 404, as the gateway cuts names at their colon; without it the action answers at /api/${service.serviceName?.value ?? `plugin:${plugin.name}`}/${name}`,
                        ...(edit && { fix: { edits: [edit] } }),
                    });
                }
        },
    },
    {
        id: 'service/open-route-without-slash',
        title: 'A route that is opened without login does not begin with a slash',
        why: 'It is joined to the service’s name as it is: another route is opened, and the one that was meant stays 401.',
        mend: 'Begin the path with /.',
        bad: "this.registerAuthWhitelist(['webhook'])",
        good: "this.registerAuthWhitelist(['/webhook'])",
        severity: 'error',
        *check({ workspace }) {
            for (const { plugin, service } of loadedServices(workspace))
                for (const { name, literal, offset } of service.surface.openRoutes) {
                    // A dot is as good: the gateway compares paths with their slashes made dots (server/lib/utils.ts).
                    const beginning = literal ? name : name.replace(/^unknown$|\$\{[^]*$/, '');
                    if (beginning === '' || /^[/.]/.test(beginning))
                        continue;
                    const own = service.serviceName?.value ?? `plugin:${plugin.name}`;
                    const quoted = /^['"`]/.test(service.text.slice(offset));
                    yield (0,types.at)((0,lib_text/* positionAt */.t$)(service, offset), {
                        plugin: plugin.name,
                        message: `the path ${JSON.stringify(name)} must begin with /: this opens ${own}${name}, and ${own}/${name} stays behind the login`,
                        ...(quoted && { fix: { edits: [{ offset: offset + 1, length: 0, content: '/' }] } }),
                    });
                }
        },
    },
    {
        id: 'service/development-only',
        title: 'All services of a plugin are for development only',
        why: 'The production server loads no *.service.dev.ts: there, the plugin has no services.',
        mend: 'Rename the file to X.service.ts, or declare `services: dev` for the plugin.',
        bad: 'server/plugins/com.acme.lab/services/lab.service.dev.ts, and nothing else',
        good: 'tailchat-plugins.yml: `com.acme.lab: { services: dev }`',
        severity: 'notice',
        *check({ desired }) {
            for (const { plugin, expectServices } of desired.plugins) {
                const [first] = plugin.services;
                if (!first || !expectServices || plugin.services.some(({ loadedIn }) => loadedIn !== 'development'))
                    continue;
                yield {
                    plugin: plugin.name,
                    file: first.path,
                    line: 1,
                    column: 1,
                    message: `the plugin has no service but *.service.dev.ts, which production never loads: rename the file when it is ready, or declare \`services: dev\``,
                };
            }
        },
    },
    {
        id: 'plugin/secret-in-source',
        title: 'A source file holds a secret',
        why: 'Whoever can read the repository or the image can use it; what is in a web part reaches every browser.',
        mend: 'Withdraw the secret where it was issued, and read its successor from the environment.',
        bad: 'const key = `-----BEGIN PRIVATE KEY-----…`',
        good: 'const key = process.env.SIGNING_KEY',
        severity: 'warning',
        *check({ workspace }) {
            for (const plugin of workspace.plugins)
                for (const file of plugin.sources)
                    for (const { kind, position } of (0,source_facts/* secretsIn */.VY)(file))
                        yield (0,types.at)(position, {
                            plugin: plugin.name,
                            message: `this reads like ${kind}, which everybody who gets the source can use: withdraw it, and read the next one from the environment`,
                        });
        },
    },
];
/** The services that production loads. */
function loadedServices(workspace) {
    return workspace.plugins.flatMap((plugin) => plugin.services
        .filter(({ loadedIn }) => loadedIn === 'production')
        .map((service) => ({ plugin, service })));
}
/** What is registered behind a look at the environment, with a word for what it is. */
function guardedRegistrations({ surface }) {
    const named = (what, list) => list.map((each) => ({ ...each, what }));
    return [
        ...named('action', surface.actions),
        ...named('open route', surface.openRoutes),
        ...named('collection', surface.collections),
        ...named('event', surface.events),
        ...named('hook on', surface.hooks),
    ].filter(({ environment }) => environment.length > 0);
}
/** Takes a property out of an object, with its comma; `undefined` where what follows is not that simple. */
function removeProperty(text, start, end) {
    const comma = /^\s*,/.exec(text.slice(end))?.[0];
    const lineStart = /(?:^|\n)[^\S\n]*$/.exec(text.slice(0, start));
    if (comma !== undefined) {
        const after = end + comma.length;
        const restOfLine = /^[^\S\n]*\n/.exec(text.slice(after))?.[0];
        // A property that has its lines to itself takes them along.
        if (lineStart && restOfLine !== undefined) {
            const from = start - lineStart[0].replace(/^\n/, '').length;
            return { offset: from, length: after + restOfLine.length - from, content: '' };
        }
        const space = /^[^\S\n]*/.exec(text.slice(after))?.[0].length ?? 0;
        return { offset: start, length: after + space - start, content: '' };
    }
    if (!/^\s*\}/.test(text.slice(end)))
        return undefined;
    // The last one takes along the comma before it, or the space when it is the only one.
    const before = /(?:,\s*|(?<=\{)\s*)$/.exec(text.slice(0, start))?.[0].length;
    return before === undefined
        ? undefined
        : { offset: start - before, length: end - start + before, content: '' };
}
function oneLine(text) {
    const line = text.replace(/\s+/g, ' ');
    return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}

;// CONCATENATED MODULE: ./.build/src/rules/catalogue.js






















/** Everything that is checked before anything is built. */
const repositoryRules = [
    ...pluginRules,
    ...manifestRules,
    ...packageRules,
    ...webRules,
    ...serviceRules,
    ...serviceSurfaceRules,
    ...dependencyRules,
    ...lockfileRules,
    ...composeRules,
    ...registrationRules,
    ...installListRules,
    ...declarationRules,
    ...sourceRules,
];
/** Every rule there is, by the moment at which it can be checked. */
const catalogue = {
    repository: repositoryRules,
    plan: planRules,
    privileges: privilegeRules,
    lockfile: lockfileUpdateRules,
    proof: proofRules,
    image: rules_image/* imageRules */.bz,
    browser: browser/* browserRules */.g,
    boot: bootRules,
    live: liveRules,
    bundle: bundleRules,
    hosted: hostedRules,
};
/** The rules of which `sync` mends what they find without being asked to fix anything. */
function syncedRules() {
    return allRules().filter(({ id, mendedBy }) => mendedBy || id === 'registration/out-of-date');
}
/** What there is to know about each rule, in the order of the catalogue. */
function allRules() {
    return [
        ...catalogue.repository,
        ...catalogue.plan,
        ...catalogue.privileges,
        ...catalogue.lockfile,
        ...catalogue.proof,
        ...catalogue.image,
        ...catalogue.browser,
        ...catalogue.boot,
        ...catalogue.live,
        ...catalogue.bundle,
        ...catalogue.hosted,
    ];
}


/***/ }),

/***/ 2411:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ entriesOf)
/* harmony export */ });
/* harmony import */ var _registrations_builtin_edit_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4959);
/* harmony import */ var _registrations_registry_edit_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1104);
/* harmony import */ var _formats_json_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(6916);
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(2184);




/** The entries of registry.json, then those of builtin.ts where it is understood. */
function entriesOf({ registry, builtin }) {
    const list = builtin?.list;
    return [
        ...(registry ? registry.entries.map((entry) => registryEntry(registry, entry)) : []),
        ...(builtin && list?.understood
            ? list.entries.map((entry, index) => builtinEntry(builtin, list, { ...entry, index }))
            : []),
    ];
}
function registryEntry(file, { name, url, index }) {
    const value = (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asObject */ .eB)(file.value[index]);
    return {
        place: 'registry',
        file: file.path,
        name,
        url,
        isConditional: false,
        fields: value && new Map(Object.entries(value).map(([field, each]) => [field, { value: each }])),
        position: (field) => (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_2__/* .positionInJson */ .Fx)(file, [index, field]),
        remove: () => (0,_registrations_registry_edit_js__WEBPACK_IMPORTED_MODULE_1__/* .removeRegistryEntry */ .ap)(file.text, index),
        set: (field, to) => (0,_registrations_registry_edit_js__WEBPACK_IMPORTED_MODULE_1__/* .setRegistryField */ .cb)(file.text, index, { field, value: to }),
    };
}
function builtinEntry(file, list, { name, url, conditional, start, object, index }) {
    const property = (field) => object?.properties.find((each) => each.name === field);
    return {
        place: 'builtin',
        file: file.path,
        name,
        url,
        isConditional: conditional,
        fields: object && new Map(object.properties.map((each) => [each.name, { value: each.value }])),
        position: (field) => (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_3__/* .positionAt */ .t$)(file, (field === 'name' ? undefined : property(field)?.valueStart) ?? start),
        remove: () => (0,_registrations_builtin_edit_js__WEBPACK_IMPORTED_MODULE_0__/* .removeBuiltinEntry */ .Uz)(file.text, list, index),
        ...(object && { set: (field, to) => (0,_registrations_builtin_edit_js__WEBPACK_IMPORTED_MODULE_0__/* .setBuiltinProperty */ .hj)(file.text, object, { field, value: to }) }),
    };
}


/***/ }),

/***/ 5501:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  Pg: () => (/* binding */ findings),
  pZ: () => (/* binding */ joinFindings),
  _I: () => (/* binding */ noFindings),
  I: () => (/* binding */ withoutAccepted)
});

// EXTERNAL MODULE: ./.build/src/lib/files.js
var files = __nccwpck_require__(5312);
;// CONCATENATED MODULE: ./.build/src/rules/accept.js
/** Files that can hold a comment; JSON can't, so there the declarations say what is accepted. */
const WITH_COMMENTS = /\.(?:[cm]?[jt]sx?|ya?ml)$/;
/** `// tailchat-plugins-accept service/name-mismatch: the old client needs it`, on the line or on the one above. */
const COMMENT = /(?:\/\/|\/\*|#)\s*tailchat-plugins-accept\s+([\w-]+\/[\w-]+):/;
/**
 * Separates the findings that are accepted, with a reason, in the declarations or by a comment in the source.
 * @param read the text of a file of the repository; `undefined` when it is not there
 */
function separateAccepted(findings, declarations, read) {
    const open = [];
    const accepted = [];
    // A file with one finding often has more, and so has a line.
    const lines = new Map();
    const comments = new Map();
    const commentOn = (file, line) => {
        const place = `${line} ${file}`;
        if (comments.has(place))
            return comments.get(place);
        const ofFile = lines.get(file) ?? read(file)?.split(/\r?\n/) ?? [];
        lines.set(file, ofFile);
        const comment = acceptingComment(ofFile[line - 1] ?? '');
        comments.set(place, comment);
        return comment;
    };
    for (const finding of findings) {
        const { rule, plugin, file, line } = finding;
        const reason = reasonInDeclarations(finding, declarations) ?? reasonInSource(finding, commentOn);
        if (reason === undefined)
            open.push(finding);
        else
            accepted.push({
                rule,
                ...(plugin !== undefined && { plugin }),
                file,
                ...(line !== undefined && { line }),
                reason,
            });
    }
    return { open, accepted };
}
function reasonInDeclarations({ rule, plugin }, declarations) {
    return plugin === undefined ? undefined : declarations.plugins.get(plugin)?.accept.get(rule)?.reason;
}
function acceptingComment(line) {
    const comment = COMMENT.exec(line);
    if (!comment)
        return undefined;
    const rest = line.slice(comment.index + comment[0].length).trim();
    return { rule: comment[1] ?? '', reason: rest.endsWith('*/') ? rest.slice(0, -2).trimEnd() : rest };
}
function reasonInSource({ rule, file, line }, commentOn) {
    if (line === undefined || !WITH_COMMENTS.test(file))
        return undefined;
    for (const comment of [commentOn(file, line), commentOn(file, line - 1)])
        if (comment && comment.rule === rule && comment.reason !== '')
            return comment.reason;
    return undefined;
}

// EXTERNAL MODULE: ./.build/src/rules/run.js
var run = __nccwpck_require__(8178);
;// CONCATENATED MODULE: ./.build/src/rules/findings.js



const noFindings = { open: [], accepted: [] };
/** Returns what these rules find. */
function findings(rules, subject, source) {
    return withoutAccepted((0,run/* runRules */.xG)(rules, subject, source.declarations.rules), source);
}
/** Separates the findings that the repository accepts. */
function withoutAccepted(found, { root, declarations }) {
    return separateAccepted(found, declarations, (file) => (0,files/* repositoryText */.g_)(root, file));
}
/** Returns all of them, in this order. */
function joinFindings(...all) {
    return {
        open: all.flatMap(({ open }) => open),
        accepted: all.flatMap(({ accepted }) => accepted),
    };
}


/***/ }),

/***/ 8330:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $t: () => (/* binding */ placeOf),
/* harmony export */   Ix: () => (/* binding */ offered),
/* harmony export */   bz: () => (/* binding */ imageRules)
/* harmony export */ });
/* harmony import */ var _tailchat_layout_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2876);
/* harmony import */ var _types_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1222);


/** What an AMD loader gives without being asked (mini-star, the browser's runtime). */
const ALWAYS_THERE = ['require', 'exports', 'module'];
/** Rules about what is in a built image: the failures that a build prints, if at all, and survives. */
const imageRules = [
    {
        id: 'image/bundle-missing',
        title: 'The image has no bundle for a plugin that it offers',
        why: 'The gateway answers the request for it with 200 and a page of HTML, and the client waits in vain.',
        mend: 'Look for ✖ in the log of the build: the bundler prints why, and succeeds.',
        bad: 'server/dist/public/plugins/com.acme.tickets/ without index.js',
        good: 'server/dist/public/plugins/com.acme.tickets/index.js',
        severity: 'error',
        *check({ desired, contents }) {
            if (!contents)
                return;
            for (const { plugin } of offered(desired)) {
                const bundle = contents.bundles.find(({ name }) => name === plugin.name);
                if (bundle?.files.some(({ file }) => file === 'index.js'))
                    continue;
                yield {
                    ...placeOf(plugin),
                    message: `the image has no plugins/${plugin.name}/index.js, though it offers the plugin: the client gets a page instead; the log of the build says why the bundler made none`,
                };
            }
        },
    },
    {
        id: 'image/bundle-of-another-name',
        title: 'A bundle in the image does not define the plugin whose name it has',
        why: 'The client waits for the plugin under its own name: loading it ends in "Eval Timeout".',
        mend: 'Make the name of the web package, of the directory and of the manifest the same.',
        bad: "definePlugin('@plugins/com.acme.other', …) in plugins/com.acme.tickets/index.js",
        good: "definePlugin('@plugins/com.acme.tickets', …) in plugins/com.acme.tickets/index.js",
        severity: 'error',
        *check({ desired, contents }) {
            if (!contents)
                return;
            for (const { plugin } of offered(desired)) {
                const bundle = contents.bundles.find(({ name }) => name === plugin.name);
                const index = bundle?.files.find(({ file }) => file === 'index.js');
                if (!index || index.id === `@plugins/${plugin.name}`)
                    continue;
                yield {
                    ...placeOf(plugin),
                    message: `plugins/${plugin.name}/index.js in the image ${index.id === undefined ? 'defines no plugin' : `defines ${JSON.stringify(index.id)}`}; it must define "@plugins/${plugin.name}"`,
                };
            }
        },
    },
    {
        id: 'image/bundle-dependency',
        title: 'A bundle needs a module that the client does not have',
        why: 'The bundler turns an import that it can’t resolve into a dependency of the browser and warns at most: loading the plugin fails there.',
        mend: 'Add the package to the dependencies of the plugin, or to those that the client registers (client/web/src/plugin/loader.ts).',
        bad: "import dayjs from 'dayjs' // in no package.json",
        good: '"dependencies": { "dayjs": "^1.11.0" }',
        severity: 'error',
        *check({ desired, contents, loaderModules }) {
            if (!contents || !loaderModules)
                return;
            for (const { plugin } of offered(desired)) {
                const bundle = contents.bundles.find(({ name }) => name === plugin.name);
                const files = bundle?.files ?? [];
                const has = (dependency) => loaderModules.has(dependency) ||
                    ALWAYS_THERE.includes(dependency) ||
                    files.some(({ file }) => dependency === `./${file}` || `${dependency}.js` === `./${file}`);
                const missing = new Set(files.flatMap(({ dependencies }) => dependencies ?? []).filter((each) => !has(each)));
                const gone = new Set(files.flatMap(({ lazy }) => lazy ?? []).filter((each) => !has(each)));
                for (const chunk of [...gone].sort())
                    if (!missing.has(chunk))
                        yield {
                            ...placeOf(plugin),
                            message: `the bundle asks for ${JSON.stringify(chunk)} later, which is not in the image: what should open then stays empty; files of two builds are mixed, most likely`,
                        };
                for (const dependency of [...missing].sort())
                    yield {
                        ...placeOf(plugin),
                        message: `the bundle needs ${JSON.stringify(dependency)}, which the client does not have (it has ${[...loaderModules].join(', ')}): loading the plugin fails in the browser; add it to the plugin's dependencies`,
                    };
            }
        },
    },
    {
        id: 'image/registry-differs',
        title: 'The plugin registries in the image do not list what the repository says',
        why: 'Plugins that are gone are still offered, or new ones are not: the lists come from an older build, or the build changed them.',
        mend: 'Build from a clean checkout: server/public/registry-be.json and server/public/plugins are made by the build.',
        bad: 'registry-be.json lists com.acme.removed',
        good: 'registry-be.json lists exactly the plugins of plugin:install',
        severity: 'error',
        *check({ desired, installListFile, contents }) {
            if (!contents)
                return;
            const lists = [
                { file: 'registry.json', source: _tailchat_layout_js__WEBPACK_IMPORTED_MODULE_0__/* .layout */ .Zp.registryJson, found: contents.registry, place: 'registry' },
                {
                    file: 'registry-be.json',
                    source: installListFile,
                    found: contents.backendRegistry,
                    place: 'install',
                },
            ];
            for (const { file, source, found, place } of lists) {
                const wanted = desired.plugins.filter((state) => state.wanted[place]).map(({ plugin }) => plugin.name);
                if (!found) {
                    if (wanted.length > 0)
                        yield {
                            file: source,
                            message: `the image has no public/${file} with a list: none of its plugins is offered`,
                        };
                    continue;
                }
                const known = new Set(desired.plugins.map(({ plugin }) => plugin.name));
                for (const name of wanted.filter((each) => !found.includes(each)))
                    yield {
                        plugin: name,
                        file: source,
                        message: `${name} is registered, and public/${file} of the image does not list it`,
                    };
                // A hosted plugin stands in registry.json without a directory of its own; a base image brings its own plugins.
                const stale = found.filter((each) => !wanted.includes(each) && ((place === 'install' && !desired.pluginsOnly) || known.has(each)));
                for (const name of stale)
                    yield {
                        plugin: name,
                        file: source,
                        message: `public/${file} of the image lists ${name}, which is not registered: the build took an older list along`,
                    };
            }
        },
    },
    {
        id: 'image/server-config-missing',
        title: 'The image has no compiled server configuration',
        why: 'A file that imports from outside server/ moves the compiler’s output one level down: the build succeeds, and the server can’t start.',
        mend: 'Remove the import that leaves server/, or put what it needs into server/.',
        bad: "import { x } from '../../../client/shared' // in a service",
        good: "import { x } from 'tailchat-server-sdk'",
        severity: 'error',
        *check({ contents }) {
            if (contents && !contents.serverConfig)
                yield {
                    file: 'server/tsconfig.json',
                    message: 'server/dist/moleculer.config.js is not in the image, so the server cannot start: most likely a file imports from outside server/, which moves the output to server/dist/server',
                };
        },
    },
    {
        id: 'build/printed-error',
        title: 'The build printed an error and went on',
        why: 'Tailchat’s build exits 0 when a bundle or a compilation fails: what it printed is the only sign.',
        mend: 'Mend what the line says.',
        bad: '✖ Bundle [com.acme.tickets] error',
        good: '✔ Bundle [com.acme.tickets] success',
        severity: 'error',
        *check({ desired, printed }) {
            for (const error of printed) {
                if (error.kind === 'diagnostic')
                    continue;
                const named = desired.plugins.find(({ plugin }) => error.line.includes(`[${plugin.name}]`))?.plugin;
                yield {
                    ...(named ? placeOf(named) : { file: 'Dockerfile' }),
                    message: `the build printed "${error.line}" and went on`,
                };
            }
        },
    },
    {
        id: 'build/type-error',
        title: 'The compiler printed a type error in a plugin',
        why: 'The server’s build prints it and succeeds; what the compiler doubts may fail when it runs.',
        mend: 'Mend the type error, or say in the source why the compiler is wrong.',
        bad: 'const count: number = "many"',
        good: 'const count: number = 3',
        severity: 'warning',
        *check({ printed }) {
            for (const { kind, line, place } of printed)
                if (kind === 'diagnostic' && place)
                    yield (0,_types_js__WEBPACK_IMPORTED_MODULE_1__.at)({ file: `server/${place.file}`, line: place.line, column: place.column }, { message: line.slice(line.indexOf('): ') + 3) });
        },
    },
];
/** The plugins that some list offers to users. */
function offered(desired) {
    return desired.plugins.filter(({ plugin, wanted }) => plugin.web && (wanted.registry || wanted.install || wanted.builtin !== 'no'));
}
/** Where a problem of a plugin's browser side is shown. */
function placeOf(plugin) {
    return { plugin: plugin.name, file: plugin.web?.packageJson?.path ?? plugin.directory };
}


/***/ }),

/***/ 8178:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   FO: () => (/* binding */ unknownRuleFindings),
/* harmony export */   hz: () => (/* binding */ byPlace),
/* harmony export */   xG: () => (/* binding */ runRules)
/* harmony export */ });
/* harmony import */ var _lib_nearest_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(5785);
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2184);


/** Checks every rule that is not switched off; the findings come sorted by place. */
function runRules(rules, subject, severities) {
    return rules
        .flatMap((rule) => {
        const said = severities.get(rule.id);
        if (said === 'off')
            return [];
        return [...rule.check(subject)].map((problem) => ({
            ...problem,
            rule: rule.id,
            severity: said ?? problem.severity ?? rule.severity,
            fixable: problem.fix !== undefined || problem.synced === true,
        }));
    })
        .sort(byPlace);
}
/** More mistakes of the kind than a person makes; each is compared with every rule. */
const MAX_SUGGESTIONS = 100;
/** One finding for each rule id of the declarations that no rule has. */
function unknownRuleFindings(declarations, rules) {
    const ids = rules.map(({ id }) => id);
    const accepted = [...declarations.plugins.values()].flatMap(({ accept }) => [...accept].map(([id, { position }]) => [id, position]));
    return [...declarations.rulePositions, ...accepted]
        .filter(([id]) => !ids.includes(id))
        .map(([id, position], index) => {
        const near = index < MAX_SUGGESTIONS ? (0,_lib_nearest_js__WEBPACK_IMPORTED_MODULE_1__/* .nearest */ .p)(id, ids) : undefined;
        return {
            ...position,
            rule: 'declarations/invalid',
            severity: 'error',
            fixable: false,
            message: `there is no rule ${JSON.stringify(id)}${near ? ` (did you mean ${near}?)` : ''}`,
        };
    });
}
/** Orders findings by file, line, column, rule and message. */
function byPlace(a, b) {
    return ((0,_lib_text_js__WEBPACK_IMPORTED_MODULE_0__/* .compare */ .UD)(a.file, b.file) ||
        (a.line ?? 0) - (b.line ?? 0) ||
        (a.column ?? 0) - (b.column ?? 0) ||
        (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_0__/* .compare */ .UD)(a.rule, b.rule) ||
        (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_0__/* .compare */ .UD)(a.message, b.message));
}


/***/ }),

/***/ 1222:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ fixLater),
/* harmony export */   at: () => (/* binding */ at)
/* harmony export */ });
/** A fix whose edits are worked out when they are asked for: a check asks for none, and may find thousands of problems. */
function fixLater(edits) {
    return {
        get edits() {
            return edits();
        },
    };
}
/** A problem at a known place; the position comes first so that a message can be as long as it must be. */
function at(position, problem) {
    return { ...position, ...problem };
}


/***/ }),

/***/ 1411:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   FO: () => (/* binding */ mentionedPackages),
/* harmony export */   Tk: () => (/* binding */ packageImports),
/* harmony export */   Xj: () => (/* binding */ relativeImports)
/* harmony export */ });
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2184);

/**
 * Finds the packages that a CommonJS or TypeScript module loads as soon as it is loaded itself: `import … from`,
 * `export … from`, `import '…'`, and `require` at the top level. `import type` is gone after compiling; an import
 * of types only without that word stays (server/tsconfig.json, `importsNotUsedAsValues`).
 *
 * A scan does it, since parsing each file costs more than all other rules together. What it can
 * miss: a statement that does not begin its line. `import()` and a `require` further in are left out on purpose:
 * they may stand in a `try` or never run.
 */
function packageImports(file) {
    const text = (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_0__/* .withoutTemplates */ .Yy)((0,_lib_text_js__WEBPACK_IMPORTED_MODULE_0__/* .withoutComments */ .fx)(file.text));
    const found = [];
    const keyword = /^(?:import|export|const|let|var)\b/gm;
    let head;
    for (let match = keyword.exec(text); match; match = keyword.exec(text)) {
        const behind = keyword.lastIndex;
        // Of words without anything between them, each may begin the statement: its head is read once.
        if (!head || head.end < behind)
            head = readStatementHead(text, behind);
        const { loaded } = head;
        if (!loaded || !isLoadedBy({ keyword: match[0], behind }, head, text))
            continue;
        keyword.lastIndex = loaded.end;
        const name = PACKAGE_NAME.exec(loaded.specifier)?.[0];
        if (name === undefined || loaded.specifier.startsWith('node:'))
            continue;
        found.push({ package: name, specifier: loaded.specifier, start: loaded.start });
    }
    return found;
}
function readStatementHead(text, from) {
    const stop = /['"`;()=]|$/g;
    stop.lastIndex = from;
    const end = stop.exec(text)?.index ?? text.length;
    let wordEnd = end;
    while (wordEnd > from && /\s/.test(text[wordEnd - 1] ?? ''))
        wordEnd--;
    const isFrom = /^\W?from$/.test(text.slice(Math.max(from, wordEnd - 5), wordEnd));
    const lastWord = { start: isFrom ? wordEnd - 4 : wordEnd, end: wordEnd };
    const module = /(=\s*require\s*\(\s*)?(['"])([^'"\r\n]+)\2/y;
    module.lastIndex = end;
    const [whole, required = '', , specifier = ''] = module.exec(text) ?? [];
    if (whole === undefined)
        return { lastWord, end };
    const start = end + required.length;
    const how = required === '' ? 'import' : 'require';
    return { lastWord, end, loaded: { how, specifier, start, end: end + whole.length } };
}
/** @param behind the offset after the keyword */
function isLoadedBy({ keyword, behind }, head, text) {
    if (head.loaded?.how === 'require')
        return keyword !== 'export';
    if (keyword !== 'import' && keyword !== 'export')
        return false;
    const typeOnly = /\s+type\b(?!\s*(?:,|from\b))/y;
    typeOnly.lastIndex = behind;
    const { start, end } = head.lastWord;
    return (end <= behind || (start < end && start >= behind)) && !typeOnly.test(text);
}
/**
 * Every package that a text names behind `from`, `import` or `require`, in comments and types too: all that
 * `packageImports` finds and more, in a fraction of the time.
 */
function mentionedPackages(text) {
    const mention = /\b(?:from|import|require\s*\()\s*['"]([^'"\r\n]+)['"]/g;
    return [...text.matchAll(mention)].flatMap(([, specifier = '']) => PACKAGE_NAME.exec(specifier) ?? []);
}
/**
 * Finds what a module loads by a relative path: `import`, `export … from` and `require`. Left out are imports of types
 * alone, which are gone after compiling, and what stands in a `try`, which may be missing on purpose.
 */
function relativeImports(file) {
    const text = (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_0__/* .withoutTemplates */ .Yy)((0,_lib_text_js__WEBPACK_IMPORTED_MODULE_0__/* .withoutComments */ .fx)(file.text));
    const found = [...text.matchAll(/\b(from|import|require\s*\()\s*(['"])(\.[^'"\r\n]*)\2/g)];
    // A file can be made to hold any number of them.
    return found.slice(0, MAX_IMPORTS).flatMap((match) => {
        const before = text.slice(Math.max(0, match.index - MAX_BEFORE), match.index);
        const [whole, keyword = '', , specifier = ''] = match;
        if (keyword === 'from' && isOfTypes(before))
            return [];
        if (keyword.startsWith('require') && isInTry(before))
            return [];
        return [{ specifier, start: match.index + whole.length - specifier.length - 2 }];
    });
}
const MAX_IMPORTS = 1000;
const MAX_BEFORE = 20_000;
function isOfTypes(before) {
    const begin = Math.max(before.lastIndexOf('import'), before.lastIndexOf('export'));
    return /^(?:import|export)\s+type\b(?!\s*(?:,|$))/.test(before.slice(begin));
}
/** Whether the last open brace, or one around it, is that of a `try`. */
function isInTry(before) {
    let depth = 0;
    for (let index = before.length - 1; index >= 0; index--) {
        const character = before[index];
        if (character === '}')
            depth++;
        else if (character === '{' && depth > 0)
            depth--;
        else if (character === '{' && /\btry\s{0,20}$/.test(before.slice(Math.max(0, index - 30), index)))
            return true;
    }
    return false;
}
/** Names that npm allows; `@/lib` and `#lib` are aliases of the repository's own. */
const PACKAGE_NAME = /^(?:@[a-z\d][\w.-]*\/)?[a-z\d][\w.-]*(?=$|\/)/i;


/***/ }),

/***/ 998:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ serverSources),
/* harmony export */   w: () => (/* binding */ isCompiled)
/* harmony export */ });
/** The files that the server may run: neither a web part's nor a test. */
function serverSources({ directory, kind, sources }) {
    if (kind === 'frontend')
        return [];
    return sources.filter(({ path }) => {
        const relative = path.slice(directory.length + 1);
        return isCompiled(relative) && !/\.(?:spec|test)\.[cm]?[jt]sx?$|(?:^|\/)__tests__\//.test(relative);
    });
}
/** Whether the server's compiler takes a plugin's file: none below web/, and none with a dot (server/tsconfig.json). */
function isCompiled(relative) {
    return !/(^|\/)(web\/|\.)/.test(relative);
}


/***/ }),

/***/ 3830:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   VY: () => (/* binding */ secretsIn),
/* harmony export */   a1: () => (/* binding */ collectionName),
/* harmony export */   p7: () => (/* binding */ environmentOf)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6760);
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2184);
/* harmony import */ var _server_code_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(998);



/**
 * The environment variables that a plugin's server code reads, sorted; `unknown` among them when it reads some in a way
 * that the text doesn't tell. Helpers count, such as the login strategies of com.msgbyte.iam; tests don't.
 */
function environmentOf(plugin) {
    const names = new Set();
    for (const file of (0,_server_code_js__WEBPACK_IMPORTED_MODULE_2__/* .serverSources */ .c)(plugin)) {
        if (!/\bprocess\s*\??\.\s*env\b/.test(file.text))
            continue;
        for (const name of environmentIn((0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .withoutComments */ .fx)(file.text)))
            names.add(name);
    }
    return [...names].sort();
}
function environmentIn(text) {
    // Either a destructuring before `process.env`, or what is asked of it after.
    const use = /(?:\{([^{}]*)\}\s*=\s*)?\bprocess\s*\??\.\s*env\b(?:\??\.(?!\[)(\w+)|(?:\?\.)?\[\s*(['"`])(\w+)\3\s*\])?/g;
    return [...text.matchAll(use)].flatMap(([, pattern, name, , quoted]) => {
        const read = name ?? quoted;
        if (read !== undefined)
            return [read];
        const names = pattern?.split(',').flatMap((part) => /^\s*(\w+)/.exec(part)?.[1] ?? []);
        return names && names.length > 0 && !pattern?.includes('...') ? names : ['unknown'];
    });
}
/**
 * The collection behind a `registerLocalDb`, by the name that its model gives it (`customName` in the options of
 * typegoose); `undefined` where the model is not in the plugin or has no such literal.
 */
function collectionName(plugin, service, collection) {
    if (!collection.literal || !collection.name.startsWith('.'))
        return undefined;
    const path = node_path__WEBPACK_IMPORTED_MODULE_0__.posix.join(node_path__WEBPACK_IMPORTED_MODULE_0__.posix.dirname(service.path), collection.name).replace(/\.[jt]s$/, '');
    const file = plugin.sources.find((each) => each.path === `${path}.ts` || each.path === `${path}/index.ts`);
    if (!file)
        return undefined;
    const found = [...(0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .withoutComments */ .fx)(file.text).matchAll(/\bcustomName\s*:\s*(['"`])([^'"`$]+)\1/g)];
    const [only] = found;
    if (found.length !== 1 || only?.[2] === undefined)
        return undefined;
    return { value: only[2], position: (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .positionAt */ .t$)(file, only.index) };
}
/** Forms that have no other meaning; what only might be a secret is not among them. */
const SECRETS = [
    // A file that only looks for such a header has no key behind it.
    {
        kind: 'a private key',
        pattern: /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----(?:\s|\\n|\\r)*[A-Za-z0-9+/]{40}/g,
    },
    {
        kind: 'the id of an AWS access key',
        pattern: /\b(?:AKIA|ASIA)(?![A-Z0-9]*EXAMPLE)(?=[A-Z]*[2-7])[A-Z2-7]{16}\b/g,
    },
    {
        kind: 'a GitHub token',
        pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59})\b/g,
    },
];
/** What reads like a secret in a source file; comments count, as they are published like everything else. */
function secretsIn(file) {
    if (!/PRIVATE KEY|A[KS]IA|gh[pousr]_|github_pat_/.test(file.text))
        return [];
    return SECRETS.flatMap(({ kind, pattern }) => [...file.text.matchAll(pattern)].map(({ index }) => ({ kind, position: (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .positionAt */ .t$)(file, index) })));
}


/***/ }),

/***/ 6107:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  z6: () => (/* binding */ check),
  BU: () => (/* binding */ partOf),
  m2: () => (/* binding */ readDeclarations),
  Jh: () => (/* binding */ unsoundPlugins)
});

// UNUSED EXPORTS: checkRepository

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(6760);
// EXTERNAL MODULE: ./.build/src/declarations/desired.js
var declarations_desired = __nccwpck_require__(3167);
// EXTERNAL MODULE: ./.build/src/declarations/types.js
var types = __nccwpck_require__(1512);
// EXTERNAL MODULE: ./.build/src/declarations/elsewhere/vendored.js
var elsewhere_vendored = __nccwpck_require__(5519);
;// CONCATENATED MODULE: ./.build/src/lib/budget.js
/** Starts a budget of wall time. */
function startBudget(seconds) {
    const end = performance.now() + seconds * 1000;
    return { seconds, isSpent: () => performance.now() > end };
}

// EXTERNAL MODULE: ./.build/src/lib/files.js
var files = __nccwpck_require__(5312);
// EXTERNAL MODULE: ./.build/src/lib/wording.js
var wording = __nccwpck_require__(1067);
// EXTERNAL MODULE: ./.build/src/proof/expected.js
var expected = __nccwpck_require__(6868);
// EXTERNAL MODULE: ./.build/src/proof/compare.js + 2 modules
var compare = __nccwpck_require__(7998);
// EXTERNAL MODULE: ./.build/src/report/report.js + 1 modules
var report = __nccwpck_require__(7154);
// EXTERNAL MODULE: ./.build/src/rules/catalogue.js + 24 modules
var catalogue = __nccwpck_require__(1979);
// EXTERNAL MODULE: ./.build/src/rules/findings.js + 1 modules
var findings = __nccwpck_require__(5501);
// EXTERNAL MODULE: ./.build/src/rules/run.js
var run = __nccwpck_require__(8178);
// EXTERNAL MODULE: ./.build/src/sync/plan.js
var sync_plan = __nccwpck_require__(3504);
// EXTERNAL MODULE: ./.build/src/workspace/deployment.js
var deployment = __nccwpck_require__(1442);
// EXTERNAL MODULE: ./.build/src/workspace/read.js + 16 modules
var read = __nccwpck_require__(7502);
// EXTERNAL MODULE: ./.build/src/workspace/whereabouts.js
var whereabouts = __nccwpck_require__(8464);
;// CONCATENATED MODULE: ./.build/src/stages/check.js

















/** Reads the repository, checks it and plans all changes, before anything is written. */
async function check({ inputs, surroundings, stage }) {
    const { root } = surroundings;
    const budget = startBudget(CHECK_SECONDS);
    const workspace = await stage('workspace', () => readRepository(root, inputs, budget));
    const declarations = await stage('declarations', () => readDeclarations(workspace.root, inputs.declarations));
    const desired = (0,declarations_desired/* desiredState */.Iq)(workspace, declarations, inputs.undeclared);
    const vendored = await (0,elsewhere_vendored/* readVendored */.WH)(workspace, declarations);
    const source = { root: workspace.root, declarations };
    const { found, notLookedAt } = await stage('rules', () => {
        const checked = checkRepository({
            rules: catalogue/* catalogue */.sW.repository,
            subject: { workspace, desired, vendored },
            severities: declarations.rules,
            budget,
        });
        const all = [
            ...withoutImpossibleFixes(checked.found, workspace),
            ...(0,run/* unknownRuleFindings */.FO)(declarations, (0,catalogue/* allRules */.V7)()),
        ];
        return { found: (0,findings/* withoutAccepted */.I)(all, source), notLookedAt: checked.notLookedAt };
    });
    const plan = await stage('sync', () => (0,sync_plan/* planSync */.R)(workspace, desired, unsoundPlugins(workspace, found)));
    // What sync will write is no finding; without sync it is. What it can't write always is one.
    const unwritten = inputs.mode === 'check' ? plan : { ...plan, changes: [] };
    return {
        workspace,
        declarations,
        desired,
        vendored,
        services: (0,expected/* expectedServices */.z)(desired),
        findings: withoutMissing((0,findings/* joinFindings */.pZ)(found, (0,findings/* findings */.Pg)(catalogue/* catalogue */.sW.plan, unwritten, source)), workspace),
        notLookedAt: [...notLookedAt, ...notReadIn(workspace)],
        plan,
        edits: plan.edits,
        changes: (0,report/* reportChanges */.wr)(plan, desired),
    };
}
/** @throws when there is nothing to check, which would otherwise look like a repository without mistakes */
async function readRepository(root, { path, image }, budget) {
    const workspace = await (0,read/* readWorkspace */.i)(root, image, budget);
    const hasPlugins = workspace.plugins.length + workspace.missingSubmodules.length > 0;
    const reason = (0,whereabouts/* whyNotHere */.uQ)(workspace.root, { path, hasPlugins });
    if (reason !== undefined)
        throw new Error(reason);
    return workspace;
}
/** What is not UTF-8 can't be written back. */
function withoutImpossibleFixes(found, { unreadable }) {
    const inOtherEncoding = new Set(unreadable.flatMap(({ path, position }) => (position ? path : [])));
    if (inOtherEncoding.size === 0)
        return found;
    return found.map(({ fix, ...finding }) => inOtherEncoding.has(finding.file) ? { ...finding, fixable: false } : { ...finding, ...(fix && { fix }) });
}
function notReadIn({ compiler, deployment, missingSubmodules, notRead }) {
    return [
        ...notRead,
        ...compiler.notRead,
        ...(deployment?.notRead ?? []).map(({ path, reason }) => `${path} ${reason}`),
        ...missingSubmodules.map(({ path }) => `${path} was not checked out`),
    ];
}
/** Drops the other findings about plugins whose files are missing: they would be wrong. */
function withoutMissing(found, { missingSubmodules }) {
    const missing = new Set(missingSubmodules.map(({ name }) => name));
    if (missing.size === 0)
        return found;
    return {
        ...found,
        open: found.open.filter(({ rule, plugin }) => rule === 'plugin/submodule-missing' || !missing.has(plugin)),
    };
}
/** Returns the part of the report about an examined repository. */
function partOf({ workspace, desired, services, findings, notLookedAt, changes, }) {
    return {
        plugins: (0,report/* reportPlugins */.h_)(desired),
        services: (0,compare/* unprovenServices */.C5)(services.expected),
        compose: (0,deployment/* reportCompose */.Fi)(workspace),
        findings: (0,report/* reportFindings */.LH)(findings.open),
        accepted: [...findings.accepted],
        notLookedAt: [...notLookedAt],
        changes: (0,report/* sortChanges */.gQ)(changes),
    };
}
/**
 * Reads the declarations of a repository; none where it has no such file and need not have one.
 * @param root absolute path of the repository
 * @throws with what to do
 */
async function readDeclarations(root, { file, required }) {
    const path = external_node_path_.posix.normalize(file);
    if (path.startsWith('../') || external_node_path_.posix.isAbsolute(path))
        throw new Error(`${path} leads out of the repository`);
    const result = (0,files/* readRepositoryFile */.tz)(root, path);
    if ('text' in result) {
        // The YAML and schema libraries are only loaded where there is something to read.
        const { parseDeclarations } = await Promise.all(/* import() */[__nccwpck_require__.e(816), __nccwpck_require__.e(815), __nccwpck_require__.e(689)]).then(__nccwpck_require__.bind(__nccwpck_require__, 1689));
        return parseDeclarations({ path, text: result.text });
    }
    if ('reason' in result)
        throw new Error(`${path} ${result.reason}`);
    if (required)
        throw new Error(`${path} does not exist: write it (\`tailchat-plugins init\` makes one)`);
    return types/* noDeclarations */.L;
}
/** The time limit of a check; a repository of 4,400 plugins takes a tenth of it. */
const CHECK_SECONDS = 60;
/** Runs the rules. A rule that fails or has no time left loses only its own findings, and the report says so. */
function checkRepository({ rules, subject, severities, budget }) {
    const found = [];
    const { plugins } = subject.workspace;
    const directoriesOf = (why) => plugins.flatMap(({ notRead, directory }) => (notRead === why ? directory : []));
    const failed = directoriesOf('failed');
    const late = directoriesOf('no time');
    for (const rule of rules) {
        const name = `the rule ${rule.id}`;
        if (budget.isSpent()) {
            late.push(name);
            continue;
        }
        // A hostile file may hold what one rule finds thousands of times.
        const inTime = function* (problems) {
            for (const problem of problems) {
                if (budget.isSpent())
                    return void late.push(name);
                yield problem;
            }
        };
        const timed = { ...rule, check: (each) => inTime(rule.check(each)) };
        try {
            for (const finding of (0,run/* runRules */.xG)([timed], subject, severities))
                found.push(finding);
        }
        catch (error) {
            failed.push(name);
            found.push(notChecked(`${name} could not be checked (${(0,wording/* messageOf */.bD)(error)}): please report this`));
        }
    }
    const notLookedAt = failed.length > 0 ? [(0,wording/* listed */.KE)(failed, SHOWN)] : [];
    if (late.length > 0) {
        const message = `${(0,wording/* listed */.KE)(late, SHOWN)}: the check took longer than ${budget.seconds} s`;
        notLookedAt.push(message);
        found.push(notChecked(`not checked: ${message}`));
    }
    const notRead = new Set(plugins.filter((plugin) => plugin.notRead).map(({ name }) => name));
    return {
        // These were not read, so a finding that something is missing in them would be wrong.
        found: found.filter(({ rule, plugin }) => rule === NOT_READ || !notRead.has(plugin ?? '')).sort(run/* byPlace */.hz),
        notLookedAt,
    };
}
const NOT_READ = 'plugin/unreadable';
const SHOWN = 10;
function notChecked(message) {
    return { rule: NOT_READ, severity: 'error', file: '.', message, fixable: false };
}
/**
 * Returns the plugins that sync must not register: those that break certain rules, in any severity, and those that were
 * not read.
 */
function unsoundPlugins({ plugins }, { open, accepted }) {
    const rules = new Set((0,catalogue/* allRules */.V7)().flatMap(({ id, blocksSync }) => (blocksSync ? [id] : [])));
    const unsound = [...open, ...accepted].flatMap(({ rule, plugin }) => (rules.has(rule) && plugin) || []);
    return new Set([...unsound, ...plugins.flatMap(({ notRead, name }) => (notRead ? name : []))]);
}


/***/ }),

/***/ 9573:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Yq: () => (/* binding */ withRun),
/* harmony export */   Zu: () => (/* binding */ StageError)
/* harmony export */ });
/* unused harmony export STAGES */
/* harmony import */ var _lib_command_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5908);
/* harmony import */ var _lib_wording_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(1067);
/* harmony import */ var _report_record_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1045);
/* harmony import */ var _report_report_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(7154);




/** The stages, each in the file of its name. */
const STAGES = (/* unused pure expression or super */ null && ([
    'check',
    'fix',
    'lockfile',
    'privileges',
    'base',
    'apply',
    'publish',
    'deploy',
    'strategy',
    'prove',
    'browser',
    'boot',
    'tags',
    'rollback',
    'status',
    'bundle',
    'add',
    'remove',
    'update',
    'outdated',
]));
/**
 * Runs `work`, and keeps what it records: a failure leaves what is known by then.
 * @returns the report, also when a stage failed
 */
async function withRun(inputs, surroundings, work) {
    const { rulesUrl, filesUrl } = surroundings;
    let report = { ...(0,_report_report_js__WEBPACK_IMPORTED_MODULE_1__/* .emptyReport */ ._O)(inputs.mode), rulesUrl, ...(filesUrl !== undefined && { filesUrl }) };
    const record = (part) => void (report = (0,_report_record_js__WEBPACK_IMPORTED_MODULE_2__/* .withPart */ .Q)(report, part));
    try {
        await work({ inputs, surroundings, record, stage: stageRunner(record) });
    }
    catch (error) {
        record({ failure: describeFailure(error, inputs.mode) });
    }
    return report;
}
/** A failure that a stage itself calls one; the message is for the person who must act. */
class StageError extends Error {
    stage;
    constructor(stage, message, options) {
        super(message, options);
        this.stage = stage;
    }
}
function stageRunner(record) {
    return async (name, work) => {
        const started = performance.now();
        try {
            return await work();
        }
        catch (error) {
            if (error instanceof StageError)
                throw error;
            throw new StageError(name, (0,_lib_wording_js__WEBPACK_IMPORTED_MODULE_3__/* .messageOf */ .bD)(error), { cause: error });
        }
        finally {
            record({ timings: { [name]: Math.round(performance.now() - started) } });
        }
    };
}
/** A failure as the report shows it. */
function describeFailure(error, mode) {
    if (!(error instanceof StageError))
        return { stage: mode, message: (0,_lib_wording_js__WEBPACK_IMPORTED_MODULE_3__/* .messageOf */ .bD)(error), details: detailsOf(error) };
    return { stage: error.stage, message: error.message, details: detailsOf(error.cause) };
}
/** The last lines of the command that failed, also where another error explains it. */
function detailsOf(error) {
    if (error instanceof _lib_command_js__WEBPACK_IMPORTED_MODULE_0__/* .CommandError */ .Q)
        return error.lastLines;
    return error instanceof Error ? detailsOf(error.cause) : [];
}


/***/ }),

/***/ 6483:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ renamedFields),
/* harmony export */   k: () => (/* binding */ outdatedFields)
/* harmony export */ });
/* harmony import */ var _formats_json_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6916);
/* harmony import */ var _tailchat_layout_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2876);
/* harmony import */ var _workspace_links_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1080);



/** Fields that identify a plugin: their values do not depend on the manifest. */
const IDENTITY = ['name', 'url'];
/**
 * Returns the fields of an entry that differ from the plugin's manifest, except name and url. A wrong field of the
 * manifest is left out: it must be corrected there, and never copied.
 */
function outdatedFields(workspace, plugin, fields) {
    const manifest = (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asObject */ .eB)(plugin.web?.manifest?.value) ?? {};
    return [...new Set([...Object.keys(manifest), ...fields.keys()])].flatMap((field) => {
        const own = fields.get(field);
        const [here, there] = [own?.value, manifest[field]];
        if (IDENTITY.includes(field) || (0,_workspace_links_js__WEBPACK_IMPORTED_MODULE_2__/* .brokenLink */ .y)(workspace, plugin, field) !== undefined)
            return [];
        // A value that is known only at run time may be equal.
        if (own && here === undefined)
            return [];
        if (_tailchat_layout_js__WEBPACK_IMPORTED_MODULE_1__/* .REQUIRED_FIELDS */ .Ws.includes(field) && (typeof there !== 'string' || there === ''))
            return [];
        const isSame = JSON.stringify(withoutBackend(here)) === JSON.stringify(withoutBackend(there));
        return isSame ? [] : [{ field, here, there }];
    });
}
/** Returns the fields to change in an entry of a plugin that was renamed. */
function renamedFields(workspace, plugin, { place, fields }) {
    const manifest = (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asObject */ .eB)(plugin.web?.manifest?.value) ?? {};
    const url = place === 'registry' ? withoutBackend(manifest['url']) : manifest['url'];
    const identity = [
        { field: 'name', here: fields.get('name')?.value, there: plugin.name },
        { field: 'url', here: fields.get('url')?.value, there: url },
    ].filter(({ here, there }) => withoutBackend(here) !== withoutBackend(there));
    return [...identity, ...outdatedFields(workspace, plugin, fields)];
}
/** Removes the placeholder from a path: whether it has one depends on the list. */
function withoutBackend(value) {
    return typeof value === 'string' ? value.replace(/^\{BACKEND\}/, '') : value;
}


/***/ }),

/***/ 3504:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ planSync)
/* harmony export */ });
/* harmony import */ var _formats_json_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6916);
/* harmony import */ var _registrations_install_list_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3742);
/* harmony import */ var _tailchat_layout_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(2876);
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(2184);
/* harmony import */ var _formats_typescript_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(7121);
/* harmony import */ var _registrations_builtin_edit_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(4959);
/* harmony import */ var _registrations_install_list_edit_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(9731);
/* harmony import */ var _outdated_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(6483);
/* harmony import */ var _registrations_registry_edit_js__WEBPACK_IMPORTED_MODULE_8__ = __nccwpck_require__(1104);









/**
 * Computes the text that each registration file should have, and writes nothing. Among the plugins added to a list,
 * declared ones come first, in the order of their declarations.
 * @param unsound names of plugins with a wrong manifest, which is never copied into a registration
 */
async function planSync(workspace, desired, unsound) {
    const changes = [];
    const blocked = [];
    for (const change of inDeclaredOrder(desired).flatMap((state) => differences(workspace, state))) {
        const reason = blockedBecause(workspace, change, unsound);
        if (reason === undefined)
            changes.push(change);
        else
            blocked.push({ ...change, reason });
    }
    return { changes, blocked, edits: await computeEdits(workspace, changes) };
}
function inDeclaredOrder({ plugins, declarations }) {
    const order = new Map([...declarations.plugins.keys()].map((name, index) => [name, index]));
    const placeOf = ({ plugin }) => order.get(plugin.name) ?? order.size;
    return [...plugins].sort((a, b) => placeOf(a) - placeOf(b));
}
function differences(workspace, state) {
    const { today, wanted } = state;
    const lists = [
        { place: 'registry', is: today.registry, should: wanted.registry },
        { place: 'install', is: today.install, should: wanted.install },
        { place: 'builtin', is: today.builtin !== 'no', should: wanted.builtin !== 'no' },
    ];
    return lists.flatMap((list) => differencesIn(workspace, state, list));
}
function differencesIn(workspace, { plugin, renamedFrom, refresh }, { place, is, should }) {
    const { name } = plugin;
    const change = (action, at) => positionsOf(workspace, { place, name: at, action }).map((position) => ({
        plugin: name,
        place,
        action,
        ...(at !== name && { from: at }),
        position,
    }));
    const old = renamedFrom !== undefined && isListed(workspace, place, renamedFrom) ? renamedFrom : undefined;
    const hasOwn = isListed(workspace, place, name);
    if (!is && should)
        return change('add', name);
    if (!should && is)
        return [
            ...(hasOwn || old === undefined ? change('remove', name) : []),
            ...(old === undefined ? [] : change('remove', old)),
        ];
    if (!is)
        return [];
    const outdated = refresh && hasOwn && place !== 'install' ? outdatedIn(workspace, plugin, place) : [];
    return [
        // Where both exist, the old one is removed.
        ...(old === undefined ? [] : change(hasOwn ? 'remove' : 'rename', old)),
        ...(outdated.length === 0 ? [] : change('refresh', name).map((each) => ({ ...each, fields: outdated }))),
    ];
}
function isListed({ registry, builtin, installLists }, place, name) {
    if (place === 'registry')
        return registry?.entries.some((each) => each.name === name) ?? false;
    if (place === 'install')
        return installLists.some(({ names }) => names.some((each) => each.name === name));
    return (builtin?.list.understood && builtin.list.entries.some((each) => each.name === name)) === true;
}
/** Returns the fields in which the plugin's entries differ from its manifest; conditional entries are left alone. */
function outdatedIn(workspace, plugin, place) {
    const { registry, builtin } = workspace;
    const entries = place === 'registry'
        ? (registry?.entries ?? []).map(({ name, index }) => ({
            name,
            fields: registryFields(registry, index),
        }))
        : builtin?.list.understood
            ? builtin.list.entries
                .filter(({ conditional }) => !conditional)
                .map((entry) => ({ name: entry.name, fields: builtinFields(entry) }))
            : [];
    const fields = entries
        .filter(({ name }) => name === plugin.name)
        .flatMap(({ fields }) => (fields ? (0,_outdated_js__WEBPACK_IMPORTED_MODULE_7__/* .outdatedFields */ .k)(workspace, plugin, fields) : []));
    return [...new Set(fields.map(({ field }) => field))];
}
function registryFields(registry, index) {
    const entry = (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asObject */ .eB)(registry?.value?.[index]);
    return entry && new Map(Object.entries(entry).map(([field, value]) => [field, { value }]));
}
function builtinFields({ object }) {
    return object && new Map(object.properties.map((each) => [each.name, each]));
}
/** Returns the position of the list that gets the plugin's entry, or the positions of the entries to remove. */
function positionsOf(workspace, { place, name, action }) {
    if (place !== 'install')
        return [positionOf(workspace, place, name)];
    const { installLists: lists, rootPackage } = workspace;
    const named = action === 'add' ? [] : lists.filter(({ names }) => names.some((each) => each.name === name));
    const target = (0,_registrations_install_list_js__WEBPACK_IMPORTED_MODULE_1__/* .listForNewNames */ .G3)(lists);
    const found = named.length > 0 ? named : target ? [target] : [];
    if (found.length === 0)
        return [
            rootPackage
                ? (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_0__/* .positionInJson */ .Fx)(rootPackage, ['scripts', 'build:server'])
                : { file: _tailchat_layout_js__WEBPACK_IMPORTED_MODULE_2__/* .layout */ .Zp.rootPackageJson, line: 1, column: 1 },
        ];
    return found.map(({ file, names, commandEnd }) => (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_3__/* .positionAt */ .t$)(file, names.find((each) => each.name === name)?.start ?? commandEnd));
}
/** Returns the position of the plugin's entry in a list, or of the list where there is no entry. */
function positionOf(workspace, place, name) {
    if (place === 'registry') {
        const entry = workspace.registry?.entries.find((each) => each.name === name);
        return workspace.registry
            ? (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_0__/* .positionInJson */ .Fx)(workspace.registry, entry ? [entry.index] : [])
            : { file: _tailchat_layout_js__WEBPACK_IMPORTED_MODULE_2__/* .layout */ .Zp.registryJson, line: 1, column: 1 };
    }
    const file = workspace.builtin;
    if (!file?.list.understood)
        return { file: _tailchat_layout_js__WEBPACK_IMPORTED_MODULE_2__/* .layout */ .Zp.builtinTs, line: 1, column: 1 };
    const entry = file.list.entries.find((each) => each.name === name);
    return (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_3__/* .positionAt */ .t$)(file, entry?.start ?? file.list.open);
}
/** Returns why a change can't be written, for the message; `undefined` when it can. */
function blockedBecause(workspace, change, unsound) {
    const { plugin, from = plugin, place, action, position } = change;
    const { registry, installLists, builtin } = workspace;
    if (action !== 'remove' && unsound.has(plugin))
        return 'its manifest has errors, and a wrong manifest is not registered: correct it first';
    const target = place === 'registry' ? registry : place === 'builtin' ? builtin : (0,_registrations_install_list_js__WEBPACK_IMPORTED_MODULE_1__/* .listForNewNames */ .G3)(installLists)?.file;
    if (target?.isInOtherEncoding)
        return `${target.path} is not valid UTF-8: save it as UTF-8 first`;
    if (place === 'registry') {
        const byHand = action === 'add' ? `: ${pasted((0,_registrations_registry_edit_js__WEBPACK_IMPORTED_MODULE_8__/* .registryEntryLine */ .gT)(manifestOf(workspace.plugins, plugin)))}` : '';
        if (!registry)
            return `${position.file} does not exist or cannot be read${byHand}`;
        if (!Array.isArray(registry.value))
            return `${position.file} is not a JSON array${byHand}`;
    }
    if (place === 'install') {
        const target = (0,_registrations_install_list_js__WEBPACK_IMPORTED_MODULE_1__/* .listForNewNames */ .G3)(installLists);
        if (!target)
            return `nothing runs plugin:install, neither a script of ${_tailchat_layout_js__WEBPACK_IMPORTED_MODULE_2__/* .layout */ .Zp.rootPackageJson} or ${_tailchat_layout_js__WEBPACK_IMPORTED_MODULE_2__/* .layout */ .Zp.serverPackageJson} nor a RUN of the ${_tailchat_layout_js__WEBPACK_IMPORTED_MODULE_2__/* .layout */ .Zp.dockerfile}: add \`pnpm run plugin:install ${plugin}\` to the script that builds the server`;
        if (!(0,_registrations_install_list_edit_js__WEBPACK_IMPORTED_MODULE_6__/* .isSafeInShell */ .VZ)(plugin))
            return `its name has characters with a meaning in a shell: rename ${plugin}`;
        if (action === 'add' && target.problem !== undefined)
            return `the names behind plugin:install are unknown: ${target.problem}; add \`${plugin}\` by hand`;
        if (action === 'remove' && installLists.some(({ names }) => names.some(({ name }) => name === 'all')))
            return `\`plugin:install all\` installs it: name the plugins to install one by one`;
    }
    if (place === 'builtin') {
        if (workspace.pluginsOnly)
            return `built-in entries are compiled into the web client, which comes from the base image: declare \`offer: registry\``;
        const byHand = action === 'add'
            ? pasted((0,_registrations_builtin_edit_js__WEBPACK_IMPORTED_MODULE_5__/* .builtinEntryLine */ .oU)(builtin?.text ?? '', manifestOf(workspace.plugins, plugin)))
            : `${action} the entry of ${from} by hand`;
        if (!builtin)
            return `${position.file} does not exist or cannot be read: ${byHand}`;
        if (!builtin.list.understood)
            return `${position.file} cannot be edited: ${builtin.list.reason}; ${byHand}`;
        if (action === 'rename' && builtin.list.entries.some(({ name, object }) => name === from && !object))
            return `its entry takes properties from elsewhere: ${byHand}`;
    }
    return undefined;
}
function pasted(entry) {
    return `add this entry by hand: ${entry}`;
}
async function computeEdits(workspace, changes) {
    const edits = [
        ...(await editsOfBuiltin(workspace, at(changes, 'builtin'))),
        ...editsOfRegistry(workspace, at(changes, 'registry')),
        ...editsOfInstallLists(workspace, at(changes, 'install')),
    ];
    return edits.filter(({ before, after }) => after !== before).sort((a, b) => (a.file < b.file ? -1 : 1));
}
function at(changes, place) {
    return changes.filter((change) => change.place === place);
}
async function editsOfBuiltin(workspace, changes) {
    const { builtin } = workspace;
    if (!builtin || changes.length === 0)
        return [];
    const parse = await (0,_formats_typescript_js__WEBPACK_IMPORTED_MODULE_4__/* .loadTypeScriptParser */ .xU)();
    let { text } = builtin;
    for (const change of changes.filter(keepsEntry)) {
        const { plugin, from = plugin, action } = change;
        text = (0,_registrations_builtin_edit_js__WEBPACK_IMPORTED_MODULE_5__/* .setBuiltinFields */ .lp)(parse, { path: builtin.path, text }, {
            name: from,
            fieldsOf: (entry) => {
                const fields = entry.conditional && action === 'refresh' ? undefined : builtinFields(entry);
                const changed = fields ? changedFields(workspace, change, fields) : [];
                return changed.map(({ field, there: value }) => ({ field, value }));
            },
        });
    }
    const after = (0,_registrations_builtin_edit_js__WEBPACK_IMPORTED_MODULE_5__/* .editBuiltinTs */ .jd)(parse, { path: builtin.path, text }, addedAndRemoved(workspace, changes));
    return [{ file: builtin.path, before: builtin.text, after }];
}
function editsOfRegistry(workspace, changes) {
    const { registry } = workspace;
    if (!registry || changes.length === 0)
        return [];
    let { text } = registry;
    for (const change of changes.filter(keepsEntry)) {
        const named = registry.entries.filter(({ name }) => name === (change.from ?? change.plugin));
        for (const { index } of named) {
            const entry = changedEntry(workspace, change, index);
            if (entry)
                text = (0,_registrations_registry_edit_js__WEBPACK_IMPORTED_MODULE_8__/* .replaceRegistryEntry */ .__)(text, index, entry);
        }
    }
    const after = (0,_registrations_registry_edit_js__WEBPACK_IMPORTED_MODULE_8__/* .editRegistryJson */ .sl)(text, addedAndRemoved(workspace, changes));
    return [{ file: registry.path, before: registry.text, after }];
}
function editsOfInstallLists({ installLists }, changes) {
    const renamed = changes.filter(({ action }) => action === 'rename');
    const rename = new Map(renamed.map(({ plugin, from = plugin }) => [from, plugin]));
    const change = { rename, add: names(changes, 'add'), remove: names(changes, 'remove') };
    return (0,_registrations_install_list_edit_js__WEBPACK_IMPORTED_MODULE_6__/* .editInstallLists */ .Pn)(installLists, change).map(({ file, after }) => ({
        file: file.path,
        before: file.text,
        after,
    }));
}
/** Tells whether a change keeps the entry in its place. */
function keepsEntry({ action }) {
    return action === 'rename' || action === 'refresh';
}
function names(changes, action) {
    return changes.filter((change) => change.action === action).map(({ plugin, from }) => from ?? plugin);
}
function addedAndRemoved({ plugins }, changes) {
    return {
        add: names(changes, 'add').map((name) => manifestOf(plugins, name)),
        remove: names(changes, 'remove'),
    };
}
function changedFields(workspace, { plugin: name, place, action }, fields) {
    const plugin = pluginNamed(workspace.plugins, name);
    return action === 'rename' && place !== 'install'
        ? (0,_outdated_js__WEBPACK_IMPORTED_MODULE_7__/* .renamedFields */ .M)(workspace, plugin, { place, fields })
        : (0,_outdated_js__WEBPACK_IMPORTED_MODULE_7__/* .outdatedFields */ .k)(workspace, plugin, fields);
}
/** Returns the new entry of registry.json: the fields of the manifest in its order, then those of the entry alone. */
function changedEntry(workspace, change, index) {
    const fields = registryFields(workspace.registry, index);
    if (!fields)
        return undefined;
    const values = new Map([...fields].map(([field, { value }]) => [field, value]));
    for (const { field, there } of changedFields(workspace, change, fields))
        values.set(field, there);
    const order = [...Object.keys(manifestOf(workspace.plugins, change.plugin)), ...values.keys()];
    return Object.fromEntries([...new Set(order)].flatMap((field) => {
        const value = values.get(field);
        return value === undefined ? [] : [[field, value]];
    }));
}
function manifestOf(plugins, name) {
    const manifest = (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_0__/* .asObject */ .eB)(pluginNamed(plugins, name).web?.manifest?.value);
    // A plugin without a valid manifest was blocked before.
    if (!manifest)
        throw new Error(`${name} has no manifest to register`);
    return manifest;
}
/** Returns the plugin of a name; if a backend plugin has the same name, the one with a front end. */
function pluginNamed(plugins, name) {
    const named = plugins.filter((plugin) => plugin.name === name);
    const plugin = named.find(({ web }) => web) ?? named[0];
    if (!plugin)
        throw new Error(`there is no plugin ${name} to register`);
    return plugin;
}


/***/ }),

/***/ 6922:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   EU: () => (/* binding */ bundlePath),
/* harmony export */   Ir: () => (/* binding */ isBundleOf),
/* harmony export */   Nj: () => (/* binding */ availablePath),
/* harmony export */   O1: () => (/* binding */ describeAnswer),
/* harmony export */   P8: () => (/* binding */ isJsonList),
/* harmony export */   Tu: () => (/* binding */ HEALTH_PATH),
/* harmony export */   bj: () => (/* binding */ definedIn),
/* harmony export */   eh: () => (/* binding */ isJavaScript),
/* harmony export */   lo: () => (/* binding */ REGISTRY_PATHS),
/* harmony export */   o_: () => (/* binding */ jsonOf),
/* harmony export */   w6: () => (/* binding */ SECONDS_LISTED_AFTER_DEATH)
/* harmony export */ });
/** Whether an answer is a list in JSON, as the plugin registries are. */
function isJsonList(answer) {
    return answer.status === 200 && Array.isArray(jsonOf(answer));
}
/** Where the gateway serves a plugin's bundle. */
function bundlePath(plugin) {
    return `/plugins/${plugin}/index.js`;
}
/** The plugin registries that the web client asks for. */
const REGISTRY_PATHS = ['/registry.json', '/registry-be.json'];
/** Whether a Content-Type is one of JavaScript. */
function isJavaScript(type) {
    return /\b(?:java|ecma)script\b/i.test(type);
}
/** Returns the name that a script defines with `definePlugin`, such as `@plugins/com.acme.theme`. */
function definedIn(text) {
    return /\bdefinePlugin\(\s*['"]([^'"]{0,300})['"]/.exec(text)?.[1];
}
/** Whether an answer is the bundle of a plugin. */
function isBundleOf(plugin, { status, type, defines }) {
    return status === 200 && isJavaScript(type) && defines === `@plugins/${plugin}`;
}
/** An answer in a few words. */
function describeAnswer({ status, type }) {
    return `${status} ${type || 'without a type'}`;
}
/** The value of an answer in JSON; `undefined` where it is none. */
function jsonOf({ text }) {
    try {
        return text === undefined ? undefined : JSON.parse(text);
    }
    catch {
        return undefined;
    }
}
/** Lists the services that the gateway's node sees (server/mixins/health.mixin.ts). */
const HEALTH_PATH = '/health';
/**
 * Where a service that registers it says, to everybody, whether it can be used (server/packages/sdk/src/services/base.ts,
 * `registerAvailableAction`).
 */
function availablePath(service) {
    // The gateway compares the path as it stands with its list of open routes: the colon must stay one.
    return `/api/${encodeURIComponent(service).replaceAll('%3A', ':')}/available`;
}
/** A node that ended without a word stays listed for 51 seconds: moleculer waits for its heartbeats. */
const SECONDS_LISTED_AFTER_DEATH = 60;


/***/ }),

/***/ 6489:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   G$: () => (/* binding */ hostedFolder),
/* harmony export */   OB: () => (/* binding */ isFolderName),
/* harmony export */   T8: () => (/* binding */ hostedManifest),
/* harmony export */   U1: () => (/* binding */ pasteProblems),
/* harmony export */   UG: () => (/* binding */ chunkFolder),
/* harmony export */   ck: () => (/* binding */ loadsItsChunks)
/* harmony export */ });
/* harmony import */ var _layout_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2876);

/**
 * The folder in which the web client looks for a plugin's further files, by the url of its first one: everything before
 * the first `/NAME`, and `/NAME` (mini-star 2.1.1, runtime/utils.js: NAME is a pattern there, so a dot matches anything).
 * @returns `undefined` where the url has no `/NAME`: then they are looked for below the page
 */
function chunkFolder(url, name) {
    const wanted = `/${name}`;
    for (let at = url.indexOf('/'); at !== -1; at = url.indexOf('/', at + 1)) {
        const found = url.slice(at, at + wanted.length);
        if (found.length === wanted.length &&
            [...wanted].every((character, index) => matches(character, found[index])))
            return `${url.slice(0, at)}/${name}`;
    }
    return undefined;
}
function matches(pattern, character) {
    return pattern === character || pattern === '.';
}
/** Whether the further files of a plugin are looked for where its first one is. */
function loadsItsChunks(url, name) {
    const [path = ''] = url.split(/[?#]/);
    return chunkFolder(path, name) === path.slice(0, path.lastIndexOf('/'));
}
/** Where a plugin's files are served, such as `https://plugins.acme.example/1.0.0/com.acme.theme`. */
function hostedFolder(publicUrl, version, name) {
    return `${publicUrl}/${version}/${name}`;
}
/**
 * The manifest of a plugin whose files are served from a folder of another host: what points at its own files is absolute.
 * @param folder its address, without a slash at its end
 */
function hostedManifest(manifest, name, folder) {
    const own = `/plugins/${name}/`;
    const absolute = (value) => {
        const path = typeof value === 'string' ? value.replace(/^\{BACKEND\}/, '') : '';
        return path.startsWith(own) ? `${folder}/${path.slice(own.length)}` : value;
    };
    return {
        ...manifest,
        url: `${folder}/index.js`,
        ...('icon' in manifest && { icon: absolute(manifest['icon']) }),
        ...('documentUrl' in manifest && { documentUrl: absolute(manifest['documentUrl']) }),
    };
}
/** Why the web client does not take a manifest that a user pastes (client/web/src/plugin/utils.ts); empty: it does. */
function pasteProblems(manifest) {
    const kinds = { string: 'a text', boolean: 'true or false' };
    const rules = [
        ..._layout_js__WEBPACK_IMPORTED_MODULE_0__/* .REQUIRED_FIELDS */ .Ws.map((field) => ({ field, kind: 'string', required: true })),
        { field: 'icon', kind: 'string', required: false },
        { field: 'requireRestart', kind: 'boolean', required: false },
    ];
    return rules.flatMap(({ field, kind, required }) => {
        const value = Object.hasOwn(manifest, field) ? manifest[field] : undefined;
        if (value === undefined)
            return required ? [`"${field}" is missing`] : [];
        return typeof value === kind ? [] : [`"${field}" is not ${kinds[kind]}`];
    });
}
/** What a version may be that becomes a folder in a url. */
const FOLDER = /^[\w+-][\w.+-]{0,63}$/;
/** Whether a version can be the name of a folder. */
function isFolderName(version) {
    return FOLDER.test(version);
}


/***/ }),

/***/ 2876:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $s: () => (/* binding */ pluginOf),
/* harmony export */   AF: () => (/* binding */ PLUGIN_NAME),
/* harmony export */   W3: () => (/* binding */ canonicalUrl),
/* harmony export */   Ws: () => (/* binding */ REQUIRED_FIELDS),
/* harmony export */   ZX: () => (/* binding */ pluginParents),
/* harmony export */   Zp: () => (/* binding */ layout),
/* harmony export */   k1: () => (/* binding */ tailchatFiles),
/* harmony export */   ul: () => (/* binding */ isHostedElsewhere)
/* harmony export */ });
/**
 * Where things are in a Tailchat repository. Every path is relative to its root, with forward slashes.
 */
const layout = {
    /** Frontend plugins, one directory each, built by mini-star (client/web/package.json, `plugins:all`). */
    frontendPlugins: 'client/web/plugins',
    /** Backend and full-stack plugins, one directory each (server/scripts/installPlugin.js). */
    serverPlugins: 'server/plugins',
    /** Plugins of every kind, in a repository that holds nothing of Tailchat itself. */
    ownPlugins: 'plugins',
    /** The plugin registry of frontend plugins: what the plugin store offers. */
    registryJson: 'client/web/registry.json',
    /** The plugins that every client gets without asking. */
    builtinTs: 'client/web/src/plugin/builtin.ts',
    /** Registers the modules that the client hands to plugins. */
    loaderTs: 'client/web/src/plugin/loader.ts',
    /** Holds `build:server`, which names the full-stack plugins to install; others do so elsewhere (install-list.ts). */
    rootPackageJson: 'package.json',
    /** How mini-star builds frontend plugins. A full-stack plugin has such a file of its own. */
    frontendMinistarConfig: 'client/web/.ministarrc.js',
    /** The class that services extend. */
    serviceBase: 'server/packages/sdk/src/services/base.ts',
    /** What the install script has written about full-stack plugins: part of no commit (server/.gitignore). */
    builtRegistryJson: 'server/public/registry-be.json',
    /** Builds the image that every service of the compose files runs. */
    dockerfile: 'Dockerfile',
    /** Compose files for other ways to run the image. */
    docker: 'docker',
    /** Compiled to server/dist, from where the image runs. */
    server: 'server',
    serverServices: 'server/services',
    /** The services without which the server is not whole. */
    coreServices: 'server/services/core',
    pnpmLock: 'pnpm-lock.yaml',
    /** Names the directories whose package.json are installed together. */
    pnpmWorkspace: 'pnpm-workspace.yaml',
    serverPackageJson: 'server/package.json',
    /** The package that plugins mean by `tailchat-server-sdk`. */
    sdkPackageJson: 'server/packages/sdk/package.json',
};
/** Every Tailchat repository has these; one without any of them holds plugins only. */
const tailchatFiles = [
    layout.registryJson,
    layout.builtinTs,
    'client/web/package.json',
    layout.serverPackageJson,
    layout.pnpmWorkspace,
];
/**
 * Returns the directories that hold one directory per plugin.
 * @param pluginsOnly whether the repository holds nothing of Tailchat: a directory `plugins` of Tailchat is no such one
 */
function pluginParents(pluginsOnly) {
    return [layout.frontendPlugins, layout.serverPlugins, ...(pluginsOnly ? [layout.ownPlugins] : [])];
}
/**
 * Returns the name of the plugin that a file belongs to; `undefined` for a file outside of every plugin's directory,
 * such as `server/plugins/README.md`.
 */
function pluginOf(path, { pluginsOnly = false } = {}) {
    const parent = pluginParents(pluginsOnly).find((each) => path.startsWith(`${each}/`));
    if (parent === undefined)
        return undefined;
    const [name, file] = path.slice(parent.length + 1).split('/', 2);
    return file === undefined ? undefined : name;
}
/** What the client demands of a manifest when somebody installs a plugin by hand (client/web/src/plugin/utils.ts). */
const REQUIRED_FIELDS = ['label', 'name', 'url', 'version', 'author', 'description'];
/** The url under which the web client asks for a plugin's bundle (client/web/src/plugin/manager.ts). */
function canonicalUrl(kind, name) {
    return `${kind === 'fullstack' ? '{BACKEND}' : ''}/plugins/${name}/index.js`;
}
/** Whether a url is an absolute one of this plugin; its lazy chunks are found by the name in it (mini-star, mergeUrl). */
function isHostedElsewhere(url, name) {
    return /^https?:\/\//.test(url) && url.includes(`/${name}`);
}
/**
 * A plugin's name, reverse-domain: at least two parts of letters, digits, `-` and `_`. Tailchat splits urls at `/` to get
 * it (mini-star, runtime/utils.js), and it stands in a shell command, so nothing else is safe.
 */
const PLUGIN_NAME = /^[A-Za-z][A-Za-z0-9]*(\.[A-Za-z0-9][A-Za-z0-9_-]*)+$/;


/***/ }),

/***/ 7767:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Jz: () => (/* binding */ workOfLoading),
/* harmony export */   M9: () => (/* binding */ loadOf),
/* harmony export */   R8: () => (/* binding */ filesOf),
/* harmony export */   V4: () => (/* binding */ TOO_MANY_PATTERNS),
/* harmony export */   Wj: () => (/* binding */ fromServer),
/* harmony export */   lB: () => (/* binding */ loadedIn),
/* harmony export */   pW: () => (/* binding */ compiledPath),
/* harmony export */   sb: () => (/* binding */ splitPatterns)
/* harmony export */ });
/* unused harmony exports OTHER_PROGRAM, matchedFiles */
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6760);
/* harmony import */ var _lib_glob_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(7889);
/* harmony import */ var _layout_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2876);



/** The reason of a service whose command is not the server's. */
const OTHER_PROGRAM = 'it runs another program';
/** The reason of a service whose patterns would take too long to try. */
const TOO_MANY_PATTERNS = 'SERVICES has too many patterns to try';
/** How long `loadOf` takes: the characters of all globs, times those of all files. */
function workOfLoading({ serviceDir, services }, tree) {
    const length = (texts) => texts.reduce((sum, text) => sum + text.length + 1, 0);
    const directories = serviceDir.is === 'known' ? serviceDir.value.split(',') : [''];
    const globs = services.is === 'known' ? splitPatterns(services.value).filter((each) => /[*?[{]/.test(each)) : [];
    return (length(globs) * directories.length + length(directories) * globs.length) * length(tree);
}
/**
 * Which of the image's service files a compose service loads: what moleculer's runner does with SERVICEDIR and
 * SERVICES as Tailchat patches it (patches/moleculer@0.14.23.patch, `loadServices`), from server/dist.
 */
function loadOf({ runs, serviceDir, services }, tree) {
    if (runs === 'other')
        return { loads: new Set(), reason: OTHER_PROGRAM };
    if (runs === 'unknown')
        return { loads: undefined, reason: 'its command may set anything' };
    for (const [name, variable] of Object.entries({ SERVICEDIR: serviceDir, SERVICES: services }))
        if (variable.is === 'unknown')
            return { loads: undefined, reason: `${name}: ${variable.reason}` };
    const directory = serviceDir.is === 'known' ? serviceDir.value : '';
    const patterns = services.is === 'known' ? services.value : '';
    if (directory === '' && patterns === '')
        return { loads: new Set(), reason: 'neither SERVICEDIR nor SERVICES is set' };
    const reason = [
        ...(directory === '' ? [] : [`SERVICEDIR=${directory}`]),
        ...(patterns === '' ? [] : [`SERVICES=${patterns}`]),
    ].join(' ');
    if (hasAbsolute(directory) || hasAbsolute(patterns))
        return { loads: undefined, reason: `${reason}: an absolute path` };
    const loads = new Set();
    for (const each of directory.split(',')) {
        if (patterns === '')
            for (const file of filesBelow(each, tree))
                loads.add(file);
        else
            for (const file of matchedFiles(each, patterns, tree))
                loads.add(file);
    }
    return { loads, reason };
}
/** What the patterns of SERVICES match from one directory of SERVICEDIR; a later `!pattern` takes away. */
function matchedFiles(directory, patterns, tree) {
    const found = new Set();
    for (const pattern of splitPatterns(patterns)) {
        const skips = pattern.startsWith('!');
        for (const file of filesOf(directory, skips ? pattern.slice(1) : pattern, tree))
            if (skips)
                found.delete(file);
            else
                found.add(file);
    }
    return found;
}
/** The patterns of SERVICES: these are trimmed, unlike the directories of SERVICEDIR. */
function splitPatterns(patterns) {
    return patterns.split(',').map((pattern) => pattern.trim());
}
/** A directory, a file with or without `.service.js`, or a glob: tried in this order. */
function filesOf(directory, pattern, tree) {
    if (pattern.startsWith('npm:'))
        return [];
    const path = node_path__WEBPACK_IMPORTED_MODULE_0__.posix.join(directory, pattern);
    const below = filesBelow(path, tree);
    if (below.length > 0)
        return below;
    const exact = tree.filter((file) => file === path || file === `${path}.service.js`);
    if (exact.length > 0)
        return exact;
    return tree.filter((0,_lib_glob_js__WEBPACK_IMPORTED_MODULE_2__/* .globMatcher */ .f)(path));
}
function filesBelow(directory, tree) {
    const path = node_path__WEBPACK_IMPORTED_MODULE_0__.posix.join(directory, '.').replace(/\/$/, '');
    return path === '.' ? [...tree] : tree.filter((file) => file.startsWith(`${path}/`));
}
function hasAbsolute(list) {
    return list.split(',').some((item) => /^\s*!?\//.test(item));
}
/** Returns a path of the repository as seen from server/: `server/services/a.ts` → `services/a.ts`. */
function fromServer(path) {
    return path.startsWith(`${_layout_js__WEBPACK_IMPORTED_MODULE_1__/* .layout */ .Zp.server}/`) ? path.slice(_layout_js__WEBPACK_IMPORTED_MODULE_1__/* .layout */ .Zp.server.length + 1) : path;
}
/**
 * Returns the path of a service below server/dist, where the image holds it compiled:
 * `server/services/a.service.ts` → `services/a.service.js`. An overlay puts `plugins/NAME` of a repository that holds
 * plugins only where `server/plugins/NAME` goes.
 */
function compiledPath(source) {
    return fromServer(source).replace(/\.tsx?$/, '.js');
}
/** Which runner loads a file of this name (server/packages/sdk/src/runner/index.ts, moleculer's runner.js). */
function loadedIn(path) {
    if (/\.service\.dev\.tsx?$/.test(path))
        return 'development';
    if (/\.service\.tsx?$/.test(path))
        return 'production';
    return 'unloaded';
}


/***/ }),

/***/ 3082:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   bv: () => (/* binding */ variable),
/* harmony export */   dT: () => (/* binding */ imageOf),
/* harmony export */   oQ: () => (/* binding */ programOf),
/* harmony export */   uU: () => (/* binding */ isUsualPlace),
/* harmony export */   wO: () => (/* binding */ isTailchatImage),
/* harmony export */   yD: () => (/* binding */ deployedService)
/* harmony export */ });
/* harmony import */ var _tailchat_layout_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2876);
/* harmony import */ var _formats_yaml_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1253);
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(2184);



/** Compose lets `environment` win over env files, later env files over earlier ones, all of them over the image. */
function lookUp(layers, name) {
    for (const layer of layers) {
        if (layer === 'unknown')
            return { is: 'unknown', reason: 'an env file is not in the repository' };
        const found = layer.get(name);
        if (found)
            return found;
    }
    return { is: 'unset' };
}
function variablesOf(layers) {
    const names = layers.flatMap((layer) => (layer === 'unknown' ? [] : [...layer.keys()]));
    return [...new Set(names)].filter((name) => {
        const found = lookUp(layers, name);
        return found.is === 'known' ? found.value !== '' : found.is === 'unknown';
    });
}
/** Reads what decides which services a container loads from where its variables come from. */
function deployedService({ name, position, words, layers, image, mounts, }) {
    return {
        name,
        position,
        runs: programOf(words),
        serviceDir: lookUp(layers, 'SERVICEDIR'),
        services: lookUp(layers, 'SERVICES'),
        transporter: lookUp(layers, 'TRANSPORTER'),
        disableTracing: lookUp(layers, 'DISABLE_TRACING'),
        ...(image && { image }),
        mounts,
        variables: variablesOf(layers),
    };
}
/**
 * What a container runs: the image starts the server (Dockerfile, `CMD`) unless the service says otherwise.
 * @param words of the entrypoint and the command that the service sets; none where it leaves both to the image
 */
function programOf(words) {
    if (words.length === 0)
        return 'server';
    const line = words.join(' ');
    if (/SERVICE(S|DIR)=|\bsh\b|\$/.test(line))
        return 'unknown';
    return /\bstart:service\b|\b(tailchat|moleculer)-runner\b|\btailchat-server-sdk\/dist\/runner\//.test(line)
        ? 'server'
        : 'other';
}
/** `$$` stands for a dollar sign; anything else behind one is filled in when the stack is started. */
function variable(text, source) {
    return /\$(?!\$)/.test(text.replaceAll('$$', ''))
        ? { is: 'unknown', reason: `it is ${text}, which is filled in when the stack starts` }
        : { is: 'known', value: text.replaceAll('$$', '$'), source };
}
/** The image of a compose service or a container, as it is written. */
function imageOf(file, service) {
    const node = (0,_formats_yaml_js__WEBPACK_IMPORTED_MODULE_1__/* .yamlAt */ .fY)(service, 'image');
    const text = (0,_formats_yaml_js__WEBPACK_IMPORTED_MODULE_1__/* .yamlText */ .pS)(node);
    return node && text !== undefined ? { text, position: (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_2__/* .positionAt */ .t$)(file, node.start) } : undefined;
}
/** The root and docker/, where Tailchat itself has what it is run with. */
function isUsualPlace(path) {
    return !path.includes('/') || path.startsWith(`${_tailchat_layout_js__WEBPACK_IMPORTED_MODULE_0__/* .layout */ .Zp.docker}/`);
}
/** Whether an image is named `tailchat`, whoever publishes it. */
function isTailchatImage(image) {
    return /(?:^|\/)tailchat(?=[:@]|$)/i.test(image);
}


/***/ }),

/***/ 1442:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   BD: () => (/* binding */ serviceFiles),
/* harmony export */   Ek: () => (/* binding */ pluginOfService),
/* harmony export */   Fi: () => (/* binding */ reportCompose),
/* harmony export */   Gi: () => (/* binding */ composeLoads),
/* harmony export */   VV: () => (/* binding */ providedVariables)
/* harmony export */ });
/* harmony import */ var _tailchat_service_loader_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7767);

/** What every service of every compose file loads. */
function composeLoads(workspace) {
    const loads = known.get(workspace) ?? findLoads(workspace);
    known.set(workspace, loads);
    return loads;
}
/** Some ten seconds; Tailchat's own compose files take a thousandth of it. */
const MAX_WORK = 200_000_000;
/** Each rule about compose files and the report ask for the same. */
const known = new WeakMap();
function findLoads(workspace) {
    const { deployment } = workspace;
    if (!deployment)
        return [];
    const tree = serviceFiles(workspace, deployment);
    let work = 0;
    return deployment.files.flatMap((file) => file.services.map((service) => {
        work += (0,_tailchat_service_loader_js__WEBPACK_IMPORTED_MODULE_0__/* .workOfLoading */ .Jz)(service, tree);
        if (work > MAX_WORK)
            return { file, service, loads: undefined, reason: _tailchat_service_loader_js__WEBPACK_IMPORTED_MODULE_0__/* .TOO_MANY_PATTERNS */ .V4 };
        return { file, service, ...(0,_tailchat_service_loader_js__WEBPACK_IMPORTED_MODULE_0__/* .loadOf */ .M9)(service, tree) };
    }));
}
/** The compose services with the plugins that each loads. */
function reportCompose(workspace) {
    const owners = pluginOfService(workspace);
    return composeLoads(workspace).map(({ file, service, loads, reason }) => {
        const plugins = [...new Set([...(loads ?? [])].flatMap((path) => owners.get(path) ?? []))].sort();
        return {
            file: file.path,
            service: service.name,
            loadsPlugins: loads ? plugins.length > 0 : 'unknown',
            plugins,
            reason,
        };
    });
}
/** The production services of plugins, by their path in the image. */
function pluginOfService({ plugins }) {
    return new Map(plugins.flatMap(({ name, services }) => services
        .filter(({ loadedIn }) => loadedIn === 'production')
        .map(({ path }) => [(0,_tailchat_service_loader_js__WEBPACK_IMPORTED_MODULE_0__/* .compiledPath */ .pW)(path), name])));
}
/**
 * The environment variables that the repository's compose and env files set where a service is loaded, by the
 * service's path in the image.
 */
function providedVariables(workspace) {
    const provided = new Map();
    const files = workspace.deployment ? serviceFiles(workspace, workspace.deployment) : [];
    for (const { service, loads } of composeLoads(workspace))
        // What it loads is not known where its command or SERVICEDIR is not: then it may be any.
        for (const path of loads ?? files) {
            const names = provided.get(path) ?? new Set();
            for (const name of service.variables)
                names.add(name);
            provided.set(path, names);
        }
    return provided;
}
/** Every service file of the image, by its path below server/dist. */
function serviceFiles(workspace, deployment) {
    return [...deployment.serverServices, ...pluginOfService(workspace).keys()];
}


/***/ }),

/***/ 8031:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   j: () => (/* binding */ mayBeIgnored),
/* harmony export */   k: () => (/* binding */ ignoredByGit)
/* harmony export */ });
/* harmony import */ var _lib_command_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5908);
/* harmony import */ var _lib_git_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9779);


/**
 * Names that Tailchat's .gitignore and server/.gitignore take out wherever they stand. Git is asked about nothing
 * else: starting it takes longer than the rest of a check.
 */
const IGNORED_DIRECTORY = /(^|\/)(data|logs|pids|coverage|lib-cov|typings|bower_components|jspm_packages|__uploads)\//;
/** What a build needs. A directory named data or logs may hold anything else on a developer's machine. */
const SOURCE = /\.([cm]?[jt]sx?|json|css|less)$/;
/** Whether a file may be ignored by git, and is missed by a build that does not have it. */
function mayBeIgnored(path) {
    // What is compiled to dist is neither missed nor committed; source code in there is.
    if (/(^|\/)dist\//.test(path))
        return /\.tsx?$/.test(path) && !path.endsWith('.d.ts');
    return IGNORED_DIRECTORY.test(path) && SOURCE.test(path);
}
/**
 * Which of these files git ignores; a file that is committed all the same is not ignored. None outside of a git
 * repository, and none when git can't be asked.
 * @param paths relative to `root`
 */
async function ignoredByGit(root, paths) {
    if (paths.length === 0)
        return [];
    try {
        const output = await (0,_lib_git_js__WEBPACK_IMPORTED_MODULE_1__/* .git */ .$Y)(root, ['check-ignore', '-z', '--stdin'], {
            input: paths.map((path) => `${path}\0`).join(''),
        });
        return output.split('\0').filter((path) => path !== '');
    }
    catch (error) {
        // Exit code 1 says that none is ignored, 128 that this is no git repository.
        if (error instanceof _lib_command_js__WEBPACK_IMPORTED_MODULE_0__/* .CommandError */ .Q)
            return [];
        throw error;
    }
}


/***/ }),

/***/ 1080:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   y: () => (/* binding */ brokenLink)
/* harmony export */ });
/* harmony import */ var _formats_json_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6916);
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2184);


/** What is wrong with a manifest's link into the plugin's own output directory; `undefined`: nothing, or it goes elsewhere. */
function brokenLink({ frontendMinistarConfig }, { name, kind, directory, files, web, ministarConfig }, field) {
    const link = (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_0__/* .stringAt */ .bX)(web?.manifest?.value, field)?.replace(/^\{BACKEND\}/, '');
    const prefix = `/plugins/${name}/`;
    if (!web || !link?.startsWith(prefix))
        return undefined;
    const [target = ''] = link.slice(prefix.length).split(/[?#]/, 1);
    if (!files.includes(`${web.directory}/${target}`.slice(directory.length + 1)))
        return { target, notCopiedBy: undefined };
    const config = kind === 'frontend' ? frontendMinistarConfig : ministarConfig;
    if (!config || mayCopy(config.text, target))
        return undefined;
    return { target, notCopiedBy: config.path };
}
/** Whether a mini-star configuration may copy a file: only what it certainly does not copy is wrong. */
function mayCopy(config, target) {
    const text = (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .withoutComments */ .fx)(config);
    const [first = target] = target.split('/');
    if (!/\bcopy\b/i.test(text))
        return false;
    // What a pattern that begins with a wildcard leaves out is unknown.
    return text.includes(first) || /(['"`]|[^\w*.]\/)(\.\/)?\*/.test(text);
}


/***/ }),

/***/ 7502:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  i: () => (/* binding */ readWorkspace)
});

// UNUSED EXPORTS: orNotRead

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(6760);
// EXTERNAL MODULE: ./.build/src/registrations/builtin.js
var registrations_builtin = __nccwpck_require__(7129);
// EXTERNAL MODULE: ./node_modules/@balena/dockerignore/ignore.js
var ignore = __nccwpck_require__(4158);
;// CONCATENATED MODULE: ./.build/src/formats/dockerignore.js

/** Docker refuses a line of 64 KiB; no pattern that a person writes comes near these. */
const LONGEST_PATTERN = 1000;
const MOST_WILDCARDS = 4;
const MOST_PATTERNS = 1000;
/** What matching one path may cost: its length to the power of a pattern's wildcards, summed over the patterns. */
const MOST_STEPS = 1e9;
/**
 * Reads a `.dockerignore` as BuildKit does (moby/patternmatcher). The patterns become regular expressions that
 * backtrack, so what could take long is not matched: such a path counts as part of the build context.
 */
function readDockerIgnore(file) {
    const problems = [];
    const patterns = [];
    for (const [index, line] of file.text
        .replace(/^\uFEFF/, '')
        .split('\n')
        .entries()) {
        if (line.startsWith('#') || line.trim() === '')
            continue;
        const pattern = line.trim();
        const wildcards = pattern.split(/\*+/).length - 1;
        const reason = patterns.length === MOST_PATTERNS
            ? `it and what follows come after ${MOST_PATTERNS} patterns`
            : reasonAgainst(pattern, wildcards);
        if (reason === undefined) {
            patterns.push({ pattern: asLibraryReads(pattern), wildcards });
            continue;
        }
        problems.push({ line: index + 1, reason });
        // An exception lets in what earlier lines keep out: without knowing what, that is everything. So is the rest.
        const isCut = patterns.length === MOST_PATTERNS;
        if (isCut || pattern.startsWith('!'))
            patterns.push({ pattern: '!**', wildcards: 1 });
        if (isCut)
            break;
    }
    const matcher = ignore["default"]({ ignorecase: false }).add(patterns.map(({ pattern }) => pattern));
    const stepsFor = ({ length }) => patterns.reduce((sum, { wildcards }) => sum + length ** wildcards, 0);
    return {
        ...file,
        problems,
        keepsOut: (path) => stepsFor(path) <= MOST_STEPS && matcher.ignores(path),
    };
}
function reasonAgainst(pattern, wildcards) {
    if (pattern.length > LONGEST_PATTERN)
        return `it is longer than ${LONGEST_PATTERN} characters`;
    if (wildcards > MOST_WILDCARDS)
        return `it has more than ${MOST_WILDCARDS} wildcards`;
    // Go's regular expressions, which Docker makes of patterns, and JavaScript's differ in these.
    if (/\\[A-Za-z0-9]|\[\[:|\[\]/.test(pattern))
        return 'it is a regular expression that only Docker reads';
    try {
        ignore["default"]().add(pattern).ignores('a');
        return undefined;
    }
    catch {
        return 'its brackets are not balanced';
    }
}
/** Evens out where the library, a port of Docker 19.03, and today's engine differ. */
function asLibraryReads(pattern) {
    const isLiteral = !/[*?[\]\\]/.test(pattern);
    const special = isLiteral ? /[+(){}|^]/g : /\\.|[+(){}|]/g;
    const escaped = pattern.replace(special, (found) => (found.length > 1 ? found : `\\${found}`));
    // Spaces before it keep a # from beginning a comment, and they are gone here.
    if (escaped.startsWith('#'))
        return `./${escaped}`;
    // Today `**docs` is whatever ends in docs, unless there is another wildcard.
    return escaped.replace(/^(!?\s*\/?)\*\*(?=[^*/?[\]\\][^*?[\]]*$)/, '$1**/*');
}

// EXTERNAL MODULE: ./.build/src/lib/files.js
var lib_files = __nccwpck_require__(5312);
// EXTERNAL MODULE: ./.build/src/registrations/install-list.js
var install_list = __nccwpck_require__(3742);
// EXTERNAL MODULE: ./.build/src/formats/json.js
var formats_json = __nccwpck_require__(6916);
// EXTERNAL MODULE: ./.build/src/tailchat/layout.js
var layout = __nccwpck_require__(2876);
// EXTERNAL MODULE: ./.build/src/registrations/lockfile.js
var lockfile = __nccwpck_require__(4233);
// EXTERNAL MODULE: ./.build/src/workspace/ignored.js
var ignored = __nccwpck_require__(8031);
// EXTERNAL MODULE: ./.build/src/formats/typescript.js
var typescript = __nccwpck_require__(7121);
;// CONCATENATED MODULE: ./.build/src/formats/syntax-tree.js

/** Keys of a node under which there is nothing that runs: places, comments and types. */
const NOT_CODE = new Set([
    'loc',
    'extra',
    'errors',
    'comments',
    'tokens',
    'leadingComments',
    'innerComments',
    'trailingComments',
    'typeAnnotation',
    'typeParameters',
    'typeArguments',
    'superTypeParameters',
    'superTypeArguments',
    'returnType',
    'implements',
]);
/** Calls `visit` with each direct child of a node that is code. */
function forEachChild(node, visit) {
    if (node.type === 'TSInterfaceDeclaration' || node.type === 'TSTypeAliasDeclaration')
        return;
    const fields = node;
    for (const key of Object.keys(fields)) {
        const value = fields[key];
        if (typeof value !== 'object' || value === null || NOT_CODE.has(key))
            continue;
        if (!Array.isArray(value)) {
            if (isNode(value))
                visit(value);
        }
        else
            for (const item of value)
                if (isNode(item))
                    visit(item);
    }
}
/**
 * Calls `visit` with a node and everything below it, each with its parent, in no particular order.
 * @param isBorder nodes into which it doesn't go; `root` is never one
 */
function forEachNode(root, visit, isBorder = () => false) {
    visit(root, undefined);
    // A list instead of calls: a generated file may be nested deeper than the stack.
    const pending = [root];
    for (let node = pending.pop(); node; node = pending.pop()) {
        const parent = node;
        forEachChild(parent, (child) => {
            if (isBorder(child))
                return;
            visit(child, parent);
            pending.push(child);
        });
    }
}
function isMember(node) {
    return node.type === 'MemberExpression' || node.type === 'OptionalMemberExpression';
}
function isCall(node) {
    return node.type === 'CallExpression' || node.type === 'OptionalCallExpression';
}
/** Whether a node is `this`, also under a cast. */
function isThis(node) {
    return (0,typescript/* unwrap */.oA)(node).type === 'ThisExpression';
}
function isFunction(node) {
    switch (node.type) {
        case 'ArrowFunctionExpression':
        case 'FunctionExpression':
        case 'FunctionDeclaration':
        case 'ObjectMethod':
        case 'ClassMethod':
        case 'ClassPrivateMethod':
            return true;
        default:
            return false;
    }
}
function isClass(node) {
    return node.type === 'ClassDeclaration' || node.type === 'ClassExpression';
}
/** The name of a property, a class member or a member access (`#name` for a private one); none when computed. */
function keyOf(node) {
    const key = isMember(node) ? node.property : 'key' in node ? node.key : undefined;
    if (!key)
        return undefined;
    if (key.type === 'PrivateName')
        return `#${key.id.name}`;
    return (0,typescript/* memberName */.eg)({ computed: 'computed' in node && node.computed === true, key });
}
/** Whether an identifier only names a member, as `name` in `x.name` and in `{ name: 1 }`. */
function isNameOfMember(node, parent) {
    if (!parent)
        return false;
    if (isMember(parent))
        return parent.property === node && !parent.computed;
    return 'key' in parent && parent.key === node && !('computed' in parent && parent.computed === true);
}
function isProcessEnv(node) {
    return (isMember(node) &&
        node.object.type === 'Identifier' &&
        node.object.name === 'process' &&
        keyOf(node) === 'env');
}
/**
 * The environment variables that are read where `process.env` stands, by what is around it; `undefined` where that
 * doesn't tell.
 */
function environmentNames(processEnv, parent) {
    if (parent && isMember(parent) && parent.object === processEnv) {
        const name = keyOf(parent);
        return name === undefined ? undefined : [name];
    }
    if (parent?.type !== 'VariableDeclarator' || parent.id.type !== 'ObjectPattern')
        return undefined;
    const names = [];
    for (const property of parent.id.properties) {
        const name = property.type === 'ObjectProperty' ? keyOf(property) : undefined;
        if (name === undefined)
            return undefined;
        names.push(name);
    }
    return names;
}
/** The text of a node. */
function sourceOf(node, text) {
    return text.slice(node.start ?? 0, node.end ?? 0);
}
/** What an argument names: a literal, the source of a template, or `unknown`. */
function mentionOf(argument, text, around) {
    const offset = argument?.start ?? around.start ?? 0;
    const value = (0,typescript/* literalText */.bK)(argument);
    if (value !== undefined)
        return { name: value, literal: true, offset };
    const node = argument && (0,typescript/* unwrap */.oA)(argument);
    const name = node?.type === 'TemplateLiteral' ? sourceOf(node, text).slice(1, -1) : 'unknown';
    return { name, literal: false, offset };
}
/** Sorted, each once. */
function unique(names) {
    return [...new Set(names)].sort();
}
function isNode(value) {
    return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

;// CONCATENATED MODULE: ./.build/src/source/constants.js



/** More than a person spreads a name over; a file can be made to go on without end. */
const MAX_DEPTH = 8;
const MAX_STEPS = 500;
const MAX_LENGTH = 500;
/** Calls whose arguments are names: of actions, events and routes. */
const NAMING = /^(?:register\w+|call|emit|broadcast\w*)$/;
/** A text in which a service or something that it registers may be named by something else than a literal. */
const MAY_NAME = /\bserviceName\s{0,9}\([^){}]{0,99}\)[^{}]{0,99}\{\s{0,99}return\s{1,99}(?!\s|(['"])[^'"\n]{0,200}\1\s{0,99};?\s{0,99}\})|\bregister\w{1,40}\(\s{0,99}(?:[A-Za-z_$`[]|['"][^'"\n]{0,200}['"]\s{0,9}\+)/;
/**
 * Puts string literals in the place of constants that name a service, or what it registers: constants of the same file
 * or of a module that it imports by a relative path, and templates and sums of them. The literals keep the places of
 * what they stand for. What can't be told stays as it is.
 */
function foldNames(tree, file, modules) {
    if (!MAY_NAME.test(file.text))
        return;
    const scope = readScope(tree, file.path);
    const state = { modules, scopes: new Map([[file.path, scope]]), steps: MAX_STEPS };
    const fold = (node) => {
        const bare = (0,typescript/* unwrap */.oA)(node);
        if ((0,typescript/* literalText */.bK)(bare) !== undefined)
            return;
        const value = textOf(bare, scope, state);
        if (value === undefined)
            return;
        const { start, end, loc } = bare;
        for (const key of Object.keys(bare))
            delete bare[key];
        Object.assign(bare, { type: 'StringLiteral', value, start, end, loc, isFolded: true });
    };
    forEachNode(tree.program, (node) => {
        if (isCall(node)) {
            const callee = (0,typescript/* unwrap */.oA)(node.callee);
            const name = isMember(callee) ? keyOf(callee) : callee.type === 'Identifier' ? callee.name : undefined;
            if (name === undefined || !NAMING.test(name))
                return;
            for (const argument of node.arguments)
                if (argument.type !== 'ArrayExpression')
                    fold(argument);
                else
                    for (const element of argument.elements)
                        if (element)
                            fold(element);
        }
        else if (node.type === 'ClassMethod' && node.kind === 'get' && keyOf(node) === 'serviceName') {
            const [first] = node.body.body;
            if (first?.type === 'ReturnStatement' && first.argument)
                fold(first.argument);
        }
    });
}
/** Whether a literal stands for something else in the source: then it has no quotes there. */
function isFolded(node) {
    return 'isFolded' in node;
}
function textOf(node, scope, state) {
    if (state.steps-- <= 0)
        return undefined;
    const bare = (0,typescript/* unwrap */.oA)(node);
    const literal = (0,typescript/* literalText */.bK)(bare);
    if (literal !== undefined)
        return literal.length > MAX_LENGTH ? undefined : literal;
    const inner = (each) => textOf(each, scope, state);
    if (bare.type === 'TemplateLiteral')
        return joined(bare.quasis.flatMap(({ value }, index) => {
            const expression = bare.expressions[index];
            return [value.cooked ?? undefined, ...(expression ? [inner(expression)] : [])];
        }));
    if (bare.type === 'BinaryExpression' && bare.operator === '+')
        return joined([inner(bare.left), inner(bare.right)]);
    if (bare.type === 'Identifier')
        return textNamed(bare.name, scope, state);
    if (bare.type === 'MemberExpression' && bare.object.type === 'Identifier') {
        const key = keyOf(bare);
        const object = valueNamed(bare.object.name, scope, state);
        if (key === undefined || object?.value.type !== 'ObjectExpression')
            return undefined;
        const property = object.value.properties.find((each) => each.type === 'ObjectProperty' && keyOf(each) === key);
        return property?.type === 'ObjectProperty' ? textOf(property.value, object.scope, state) : undefined;
    }
    return undefined;
}
function textNamed(name, scope, state) {
    const found = valueNamed(name, scope, state);
    return found && textOf(found.value, found.scope, state);
}
/** Returns what a constant is, and the module that says so. */
function valueNamed(name, scope, state) {
    let [wanted, at] = [name, scope];
    for (let depth = MAX_DEPTH; depth > 0 && at; depth--) {
        if (at.shadowed.has(wanted))
            return undefined;
        const value = at.values.get(wanted);
        if (value)
            return { value: (0,typescript/* unwrap */.oA)(value), scope: at };
        const imported = at.imports.get(wanted);
        if (!imported?.specifier.startsWith('.'))
            return undefined;
        wanted = imported.name;
        at = scopeOf(external_node_path_.posix.join(external_node_path_.posix.dirname(at.path), imported.specifier), state);
    }
    return undefined;
}
function scopeOf(path, { modules, scopes }) {
    const stem = path.replace(/\.[jt]s$/, '');
    for (const each of [`${stem}.ts`, `${stem}.tsx`, `${stem}/index.ts`]) {
        if (scopes.has(each))
            return scopes.get(each);
        const file = modules.at(each);
        if (!file)
            continue;
        const parsed = (0,typescript/* parseTypeScript */.pv)(modules.parse, file);
        const scope = 'problem' in parsed ? undefined : readScope(parsed.tree, file.path);
        scopes.set(each, scope);
        return scope;
    }
    return undefined;
}
function readScope(tree, path) {
    const values = new Map();
    const imports = new Map();
    const topLevel = new Set();
    for (const statement of tree.program.body) {
        if (statement.type === 'ImportDeclaration')
            for (const each of statement.specifiers)
                if (each.type === 'ImportSpecifier' && each.imported.type === 'Identifier')
                    imports.set(each.local.name, { specifier: statement.source.value, name: each.imported.name });
                else if (each.type === 'ImportDefaultSpecifier')
                    imports.set(each.local.name, { specifier: statement.source.value, name: 'default' });
        if (statement.type === 'ExportDefaultDeclaration')
            values.set('default', statement.declaration);
        if (statement.type === 'ExportNamedDeclaration' && statement.source)
            for (const each of statement.specifiers)
                if (each.type === 'ExportSpecifier' && each.exported.type === 'Identifier')
                    imports.set(each.exported.name, { specifier: statement.source.value, name: each.local.name });
        const declaration = statement.type === 'ExportNamedDeclaration' && statement.declaration ? statement.declaration : statement;
        if (declaration.type !== 'VariableDeclaration' || declaration.kind !== 'const')
            continue;
        for (const each of declaration.declarations) {
            topLevel.add(each);
            if (each.id.type === 'Identifier' && each.init)
                values.set(each.id.name, each.init);
        }
    }
    const shadowed = new Set();
    const note = (node) => {
        if (node.type === 'Identifier')
            shadowed.add(node.name);
        else if (node.type === 'AssignmentPattern')
            note(node.left);
        else if (node.type === 'RestElement')
            note(node.argument);
        else if (node.type === 'ObjectPattern')
            for (const each of node.properties)
                note(each);
        else if (node.type === 'ObjectProperty')
            note(node.value);
        else if (node.type === 'ArrayPattern')
            for (const each of node.elements)
                if (each)
                    note(each);
    };
    forEachNode(tree.program, (node) => {
        if (isFunction(node))
            for (const each of node.params)
                note(each);
        if (node.type === 'VariableDeclarator' && !topLevel.has(node))
            note(node.id);
    });
    return { path, values, imports, shadowed };
}
function joined(parts) {
    if (parts.includes(undefined))
        return undefined;
    const text = parts.join('');
    return text.length > MAX_LENGTH ? undefined : text;
}

;// CONCATENATED MODULE: ./.build/src/source/surface.js
/** Returns the surface of a service that can't be read, with the reason. */
function unknownSurface(why) {
    return { ...emptySurface(), unknown: [why] };
}
function emptySurface() {
    return {
        actions: [],
        openRoutes: [],
        foreignRoutes: [],
        collections: [],
        events: [],
        hooks: [],
        calls: [],
        identities: [],
        emits: [],
        environment: [],
        rawHtml: [],
        hazards: [],
        unusedMethods: [],
        fieldFaults: [],
        lateRegistrations: [],
        unknownMethods: [],
        unknown: [],
    };
}

;// CONCATENATED MODULE: ./.build/src/source/service-schema.js


/** Reads what a plain moleculer schema registers. */
function readSchema(definition, surface, text) {
    for (const property of definition.properties) {
        const name = property.type === 'SpreadElement' ? undefined : keyOf(property);
        if (name === undefined)
            surface.unknown.push('the schema takes in another object');
        else if (name === 'mixins')
            surface.unknown.push('the schema has mixins, which are not followed');
        else if (name === 'created' || name === 'started')
            surface.unknown.push(`the schema has a method \`${name}\`, which is not followed`);
        else if (name === 'actions' || name === 'events')
            readSchemaList({ list: name, property }, surface, text);
    }
}
function readSchemaList({ list, property }, surface, text) {
    const value = property.type === 'ObjectProperty' ? (0,typescript/* unwrap */.oA)(property.value) : property;
    if (value.type !== 'ObjectExpression') {
        surface.unknown.push(`the schema’s ${list} are not written in place`);
        return;
    }
    for (const entry of value.properties) {
        if (entry.type === 'SpreadElement') {
            surface.unknown.push(`the schema’s ${list} take in another object`);
            continue;
        }
        const key = keyOf(entry);
        const registration = {
            ...(key === undefined
                ? mentionOf(entry.key, text, entry)
                : { name: key, literal: true, offset: entry.key.start ?? 0 }),
            conditional: false,
            environment: [],
        };
        if (list === 'events')
            surface.events.push(registration);
        else
            surface.actions.push({ ...registration, ...readActionSchema(schemaOfEntry(entry)) });
    }
}
/** The schema in `name: { …, handler }`; there is none in `name() {}` and `name: () => {}`. */
function schemaOfEntry(entry) {
    const value = entry.type === 'ObjectProperty' ? (0,typescript/* unwrap */.oA)(entry.value) : undefined;
    return value && !isFunction(value) ? value : undefined;
}
/** What the schema of an action says; `unknown` where it is computed or takes in another object. */
function readActionSchema(schema) {
    if (!schema)
        return { visibility: 'published', disableSocket: false };
    const value = (0,typescript/* unwrap */.oA)(schema);
    if (value.type !== 'ObjectExpression')
        return { visibility: 'unknown', disableSocket: 'unknown' };
    const mayHold = value.properties.some((each) => each.type === 'SpreadElement' || keyOf(each) === undefined);
    const property = (name) => value.properties.find((each) => each.type !== 'SpreadElement' && keyOf(each) === name);
    const rest = property('rest');
    return {
        visibility: visibilityOf(property('visibility'), mayHold),
        disableSocket: socketsDisabled(property('disableSocket'), mayHold),
        ...(rest && !isWithoutEffect(rest) && { rest: { offset: rest.start ?? 0, end: rest.end ?? 0 } }),
    };
}
/** @param mayHold whether the object may hold the property without showing it */
function visibilityOf(property, mayHold) {
    if (!property)
        return mayHold ? 'unknown' : 'published';
    if (property.type !== 'ObjectProperty')
        return 'unknown';
    if (isWithoutEffect(property))
        return 'published';
    return (0,typescript/* literalText */.bK)(property.value) ?? 'unknown';
}
function socketsDisabled(property, mayHold) {
    if (!property)
        return mayHold ? 'unknown' : false;
    if (property.type !== 'ObjectProperty' || property.value.type !== 'BooleanLiteral')
        return 'unknown';
    return property.value.value;
}
/** Whether a property has a value that counts as not given. */
function isWithoutEffect(property) {
    if (property.type !== 'ObjectProperty')
        return false;
    const value = (0,typescript/* unwrap */.oA)(property.value);
    return (value.type === 'NullLiteral' ||
        (value.type === 'Identifier' && value.name === 'undefined') ||
        (value.type === 'BooleanLiteral' && !value.value));
}

;// CONCATENATED MODULE: ./.build/src/source/service-fields.js


/**
 * What TcService's constructor runs before the class's own fields are there, in this order
 * (server/packages/sdk/src/services/base.ts): fields are defined when `super()` has returned.
 */
const CONSTRUCTION = ['onInit', 'initBuiltin', 'serviceName', 'buildHooks', 'onInited'];
/** Methods that moleculer or TcService look up while the service is constructed, before there are fields. */
const LIFECYCLE = new Set([
    'onInit',
    'onInited',
    'onStart',
    'onStop',
    'initBuiltin',
    'buildHooks',
]);
/** What the constructors of moleculer's Service, of its database mixin and of TcService set, and calls need. */
const SET_BY_SERVICE = new Set([
    'broker',
    'logger',
    'actions',
    'schema',
    'settings',
    'adapter',
    'globalConfig',
]);
/** Which argument of a registration is the function that runs later. */
const HANDLER_ARGUMENT = new Map([
    ['registerAction', 1],
    ['registerEventListener', 1],
    ['registerAvailableAction', 0],
]);
/**
 * Finds fields that the constructor of a class that extends TcService uses before they are there. A field is reset by
 * its definition after `onInit` has set it, and has no value yet while `onInit` runs.
 */
function readFieldFaults(definition, text) {
    const reading = newReading(definition, text);
    if (reading.fields.size === 0)
        return [];
    for (const [name, { node, value }] of reading.fields) {
        const offset = ('key' in node && node.key.start) || 0;
        if (value && LIFECYCLE.has(name))
            say(reading, { kind: 'lifecycle', name, offset });
    }
    for (const name of CONSTRUCTION)
        enter(reading, name);
    const names = [...reading.fields.keys()];
    // Looking at the whole class once more is only worth it where it decides something.
    if (!names.some((name) => reading.set.has(name) || SET_BY_SERVICE.has(name)))
        return reading.faults;
    const later = laterUses(definition, reading);
    // What sets all members at once may set any of them.
    if (later.setsAll)
        return reading.faults;
    for (const [name, { offset, value }] of reading.set) {
        const field = reading.fields.get(name);
        if (!field || field.isPrivate || later.set.has(name) || !later.read.has(name))
            continue;
        const initial = field.value ? sourceOf(field.value, text) : 'undefined';
        if (value !== initial)
            say(reading, { kind: 'reset', name, offset, ...(!field.value && withoutValue(field.node)) });
    }
    for (const [name, { node, value }] of reading.fields)
        if (!value && SET_BY_SERVICE.has(name) && !later.set.has(name))
            say(reading, {
                kind: 'redeclared',
                name,
                offset: ('key' in node && node.key.start) || 0,
                ...withoutValue(node),
            });
    return reading.faults.sort((a, b) => a.offset - b.offset);
}
function newReading(definition, text) {
    const fields = new Map();
    const methods = new Map();
    for (const member of definition.body.body) {
        if ('static' in member && member.static)
            continue;
        const name = keyOf(member);
        if (name === undefined)
            continue;
        switch (member.type) {
            case 'ClassProperty':
                // Neither is anything after compiling.
                if (!member.declare && !member.abstract)
                    fields.set(name, { node: member, value: member.value ?? undefined, isPrivate: false });
                break;
            case 'ClassPrivateProperty':
            case 'ClassPrivateMethod':
            case 'ClassAccessorProperty':
                fields.set(name, { node: member, value: undefined, isPrivate: true });
                break;
            case 'ClassMethod':
                if (member.kind !== 'set')
                    methods.set(name, member);
                break;
            default:
        }
    }
    return {
        text,
        fields,
        methods,
        faults: [],
        early: new Set(),
        set: new Map(),
        said: new Set(),
        active: [],
        remaining: 1000,
    };
}
function say(reading, fault) {
    // A handler is a mistake in each place; any other is one of the field.
    if (fault.kind !== 'handler') {
        if (reading.said.has(fault.name))
            return;
        reading.said.add(fault.name);
    }
    reading.faults.push(fault);
}
/** A field without a value does harm only where the compiler defines such fields, and is mended by `declare`. */
function withoutValue(node) {
    const { key, definite, override } = node;
    return {
        isDefinedOnly: true,
        // TypeScript takes neither `override declare x` nor `declare x!`.
        ...(!definite && !override && { fix: { offset: key.start ?? 0, length: 0, content: 'declare ' } }),
    };
}
/** Walks the body of a method that runs now. */
function enter(reading, name) {
    const method = reading.methods.get(name);
    if (!method || !isFunction(method) || method.generator || reading.active.includes(name))
        return;
    if (reading.remaining-- <= 0)
        return;
    reading.active.push(name);
    walk(reading, method.body, { parent: method, suspendedAt: suspensionOf(method) });
    reading.active.pop();
}
/** The end of the first `await` of an async function: what comes after it runs when there are fields. */
function suspensionOf(method) {
    let first = Infinity;
    if (isFunction(method) && method.async)
        forEachNode(method.body, (node) => {
            if (node.type === 'AwaitExpression')
                first = Math.min(first, node.end ?? 0);
            if (node.type === 'ForOfStatement' && node.await)
                first = Math.min(first, node.right.end ?? 0);
        }, (node) => isFunction(node) || isClass(node));
    return first;
}
function walk(reading, node, position) {
    // Another function runs at another time, if ever; another class has a `this` of its own.
    if (isFunction(node) || isClass(node) || (node.start ?? 0) >= position.suspendedAt)
        return;
    const into = (child, parent = node) => {
        if (child)
            walk(reading, child, { ...position, parent });
    };
    switch (node.type) {
        case 'AssignmentExpression': {
            const target = (0,typescript/* unwrap */.oA)(node.left);
            if (!isMember(target) || !isThis(target.object))
                break;
            if (node.operator !== '=')
                into(target);
            into(node.right);
            const isLate = (node.end ?? 0) >= position.suspendedAt;
            if (!isLate)
                service_fields_assign(reading, target, node.operator === '=' ? sourceOf(node.right, reading.text) : undefined);
            return;
        }
        case 'VariableDeclarator':
            if (node.init && isThis(node.init) && node.id.type === 'ObjectPattern')
                for (const property of node.id.properties) {
                    const name = property.type === 'ObjectProperty' ? keyOf(property) : undefined;
                    if (name !== undefined)
                        read(reading, name, { node: property, parent: undefined });
                }
            break;
        case 'MemberExpression':
        case 'OptionalMemberExpression': {
            const name = keyOf(node);
            if (!isThis(node.object) || name === undefined)
                break;
            reading.early.add(node);
            read(reading, name, { node, parent: position.parent });
            return;
        }
        case 'CallExpression':
        case 'OptionalCallExpression': {
            const callee = (0,typescript/* unwrap */.oA)(node.callee);
            const called = isMember(callee) && isThis(callee.object) ? keyOf(callee) : undefined;
            into(node.callee);
            const handler = HANDLER_ARGUMENT.get(called ?? '');
            node.arguments.forEach((argument, index) => {
                if (index !== handler ||
                    !readHandler(reading, { method: called ?? '', registered: node.arguments[0], argument }))
                    into(argument);
            });
            // What is awaited runs up to its own first `await`, at once.
            if (called !== undefined)
                enter(reading, called);
            return;
        }
        case 'TSAsExpression':
        case 'TSSatisfiesExpression':
        case 'TSNonNullExpression':
        case 'TSTypeAssertion':
        case 'ParenthesizedExpression':
            into(node.expression, position.parent);
            return;
        default:
    }
    forEachChild(node, (child) => into(child));
}
function service_fields_assign(reading, target, value) {
    const name = keyOf(target);
    if (name === undefined)
        return;
    reading.early.add(target);
    if (reading.fields.get(name)?.isPrivate)
        say(reading, { kind: 'private', name, offset: target.start ?? 0 });
    const known = reading.set.get(name);
    reading.set.set(name, { offset: known?.offset ?? target.start ?? 0, value });
}
function read(reading, name, { node, parent }) {
    const field = reading.fields.get(name);
    if (!field || reading.set.has(name))
        return;
    const offset = node.start ?? 0;
    if (field.isPrivate)
        say(reading, { kind: 'private', name, offset });
    else if (field.value && !isHarmless(field.value, node, parent))
        say(reading, { kind: 'too-early', name, offset, ...(isFatal(node, parent) && { isFatal: true }) });
}
/** Whether `undefined` and the value that the field gets come to the same here. */
function isHarmless(value, node, parent) {
    const bare = (0,typescript/* unwrap */.oA)(value);
    const isNothing = bare.type === 'NullLiteral' ||
        (bare.type === 'Identifier' && bare.name === 'undefined') ||
        (bare.type === 'BooleanLiteral' && !bare.value);
    if (isNothing)
        return true;
    if (parent?.type === 'UnaryExpression' && parent.operator === 'typeof')
        return true;
    const isFalsy = (bare.type === 'NumericLiteral' && bare.value === 0) || (0,typescript/* literalText */.bK)(bare) === '';
    return (isFalsy &&
        ((parent?.type === 'UnaryExpression' && parent.operator === '!') ||
            parent?.type === 'LogicalExpression' ||
            ((parent?.type === 'IfStatement' || parent?.type === 'ConditionalExpression') && parent.test === node)));
}
/** Whether `undefined` makes the constructor throw here: a member of it, a call. */
function isFatal(node, parent) {
    if (!parent)
        return false;
    if (isMember(parent))
        return parent.object === node && !parent.optional;
    return (isCall(parent) && !parent.optional) || parent.type === 'NewExpression'
        ? parent.callee === node
        : false;
}
/** Whether an argument is a member of the class, and nothing else. */
function readHandler(reading, { method, registered, argument }) {
    const bare = (0,typescript/* unwrap */.oA)(argument);
    const name = isMember(bare) && isThis(bare.object) ? keyOf(bare) : undefined;
    const field = name === undefined ? undefined : reading.fields.get(name);
    if (name === undefined || !field || field.isPrivate)
        return false;
    reading.early.add(bare);
    if (reading.set.has(name))
        return true;
    const what = method === 'registerAvailableAction' ? 'available' : ((0,typescript/* literalText */.bK)(registered) ?? '');
    say(reading, { kind: 'handler', name, offset: bare.start ?? 0, registered: what, method });
    return true;
}
/** What the rest of the class does with its members, by name. */
function laterUses(definition, { early }) {
    const set = new Set();
    const used = new Set();
    let setsAll = false;
    const targets = new Set();
    const target = (node) => {
        if (!isMember(node))
            return;
        targets.add(node);
        if (early.has(node))
            return;
        const name = keyOf(node);
        if (name === undefined)
            setsAll ||= isThis(node.object);
        else
            set.add(name);
    };
    forEachNode(definition.body, (node) => {
        if (node.type === 'AssignmentExpression') {
            const left = (0,typescript/* unwrap */.oA)(node.left);
            // A variable that stands for the service may be what is set here: any object counts.
            if (isMember(left))
                target(left);
            else if (left.type === 'ArrayPattern' || left.type === 'ObjectPattern')
                forEachNode(left, target);
        }
        if (isCall(node) && /^(?:assign|definePropert(?:y|ies))$/.test(keyOf((0,typescript/* unwrap */.oA)(node.callee)) ?? ''))
            setsAll ||= node.arguments[0] !== undefined && isThis(node.arguments[0]);
    });
    forEachNode(definition.body, (node) => {
        if (isMember(node) && !early.has(node) && !targets.has(node))
            used.add(keyOf(node) ?? '');
        if (node.type === 'ObjectPattern')
            for (const property of node.properties)
                if (property.type === 'ObjectProperty')
                    used.add(keyOf(property) ?? '');
    });
    return { set, read: used, setsAll };
}

// EXTERNAL MODULE: ./.build/src/lib/lists.js
var lists = __nccwpck_require__(3758);
;// CONCATENATED MODULE: ./.build/src/source/service-class.js





/**
 * What the constructor of TcService calls before it hands moleculer what was registered, and what is called after that
 * (server/packages/sdk/src/services/base.ts).
 */
const ENTRIES = ['onInit', 'initBuiltin', 'buildHooks'];
const LATE_ENTRIES = {
    onInited: 'in onInited, when the service is registered already',
    onStart: 'in onStart, when the service is registered already',
    onStop: 'in onStop, when the service is registered already',
    constructor: 'in the constructor after super(), when the service is registered already',
};
/** What only counts before the service is handed to moleculer. */
const REGISTERED_ONCE = /^register(?:Action|AvailableAction|EventListener|LocalDb|Mixin)$/;
/** Functions that run what they are given later. */
const DEFERRING = /^(?:then|catch|finally|setTimeout|setInterval|setImmediate|nextTick|queueMicrotask)$/;
/** Members of TcService that hold its schema or change it, apart from the methods for that. */
const SCHEMA_INTERNALS = /^(_actions|_events|_mixins|_methods|_settings|parseServiceSchema|applyMixins)$/;
const SCHEMA_CHANGED = 'the schema is changed directly';
/** The text of any method that registers something. Most methods don't, and their trees are not read again. */
const MAY_REGISTER = /register|this\s*(?:as\b|!|\?|\[)|>\s*this\b|_(?:actions|events|mixins|methods|settings)\b|parseServiceSchema|applyMixins|createService/;
/** Reads what a class of the SDK registers, in the order in which its constructor runs. */
function readClass({ tree, definition, text }, surface) {
    const parent = definition.superClass && (0,typescript/* unwrap */.oA)(definition.superClass);
    const reading = {
        surface,
        text,
        members: membersOf(definition),
        topLevel: topLevelVariables(tree),
        variables: new Map(),
        imports: importedModules(tree),
        extendsService: (parent?.type === 'Identifier' && parent.name === 'TcService') ||
            (parent?.type === 'MemberExpression' && keyOf(parent) === 'TcService'),
        hasOwnLogger: /\bthis\.logger\s*=[^=]/.test(text),
        active: [],
        reached: new Set(),
        handlers: new Set(),
        databases: [],
        remaining: 1000,
    };
    if (!reading.extendsService)
        surface.unknown.push('the class it extends is not followed');
    if (reading.members.has('constructor'))
        surface.unknown.push('it has a constructor of its own');
    readUnusedMethods(definition, reading);
    const scope = {
        conditional: false,
        environment: [],
        blocks: [],
        bodies: [],
        constructing: true,
        late: false,
    };
    for (const name of ENTRIES)
        readMember(reading, name, { ...scope, constructing: name === 'onInit' });
    for (const [name, tooLate] of Object.entries(LATE_ENTRIES))
        readMember(reading, name, { ...scope, constructing: false, tooLate });
    for (const [name, member] of reading.members)
        if (!reading.reached.has(name) && MAY_REGISTER.test(sourceOf(member, text)))
            readMember(reading, name, inUncalled(scope, member, whyWithoutEffect(reading, name)));
    // A registration that onInit reaches has an effect, even if a late method reaches it too.
    const counted = new Set([...surface.actions, ...surface.events, ...surface.collections].map(({ offset }) => offset));
    const isReadAgain = surface.unknown.includes(SCHEMA_CHANGED);
    surface.lateRegistrations = surface.lateRegistrations.filter(({ offset }) => !isReadAgain && !counted.has(offset));
    if (reading.extendsService)
        (0,lists/* append */.B)(surface.fieldFaults, readFieldFaults(definition, text));
}
/** Returns why what a member without a known caller registers has no effect; `undefined` where it may have one. */
function whyWithoutEffect(reading, name) {
    if (reading.handlers.has(name))
        return `in the handler ${name}, when the service is registered already`;
    return isMentioned(reading, name) ? undefined : `in ${name}, which nothing calls`;
}
/** Returns the scope of a member without a known caller: it is unknown when it runs, if ever. */
function inUncalled(scope, member, tooLate) {
    return {
        ...scope,
        blocks: [member.start ?? 0],
        conditional: true,
        constructing: false,
        late: true,
        ...(tooLate !== undefined && { tooLate }),
    };
}
/** Whether a file names a member anywhere but where it is defined. */
function isMentioned({ text }, name) {
    const escaped = name.replace(/[$#]/g, '\\$&');
    return new RegExp(`[.'"\`]${escaped}(?![\\w$])`).test(text);
}
/** Reads the body of one of the class's own members, as if it stood where it is called. */
function readMember(reading, name, scope) {
    const member = reading.members.get(name);
    const body = member && functionOf(member);
    if (!body || reading.active.includes(name))
        return;
    // A member without a known caller is read once.
    if (scope.late && reading.reached.has(name))
        return;
    if (reading.remaining-- <= 0) {
        reading.surface.unknown.push('its methods call each other too often to follow');
        return;
    }
    reading.reached.add(name);
    reading.active.push(name);
    // What an async method throws is a promise that is rejected, which the SDK logs.
    const constructing = scope.constructing && !body.async;
    const inner = { ...scope, bodies: [...scope.bodies, body.body], constructing };
    // What a method runs is run whenever it is called: its body is no block of its own.
    if (body.body.type === 'BlockStatement')
        readStatements(reading, body.body.body, inner);
    else
        readNode(reading, body.body, inner);
    reading.active.pop();
}
function readNode(reading, node, scope) {
    const into = (child, inner = scope) => {
        if (child)
            readNode(reading, child, inner);
    };
    switch (node.type) {
        case 'BlockStatement':
            readStatements(reading, node.body, inBlock(scope, node));
            return;
        case 'IfStatement':
        case 'ConditionalExpression': {
            const inner = behind(reading, scope, [node.test]);
            into(node.test);
            into(node.consequent, inBlock(inner, node.consequent));
            if (node.alternate)
                into(node.alternate, inBlock(inner, node.alternate));
            return;
        }
        case 'LogicalExpression':
            into(node.left);
            into(node.right, inBlock(behind(reading, scope, [node.left]), node.right));
            return;
        case 'ForStatement':
        case 'ForInStatement':
        case 'ForOfStatement':
        case 'WhileStatement':
        case 'DoWhileStatement':
            forEachChild(node, (child) => into(child, inBlock(behind(reading, scope, []), node)));
            return;
        case 'SwitchStatement': {
            into(node.discriminant);
            const inner = behind(reading, scope, [node.discriminant]);
            for (const each of node.cases)
                readStatements(reading, each.consequent, inBlock(inner, each));
            return;
        }
        case 'TryStatement':
            into(node.block, { ...scope, constructing: scope.constructing && !node.handler });
            if (node.handler)
                into(node.handler.body, inBlock(behind(reading, scope, []), node.handler));
            into(node.finalizer);
            return;
        case 'ThrowStatement':
            if (scope.constructing)
                reading.surface.hazards.push({ kind: 'throw', offset: node.start ?? 0 });
            into(node.argument);
            return;
        case 'VariableDeclarator':
            if (node.init && isThis(node.init) && node.id.type === 'Identifier')
                reading.surface.unknown.push('`this` is kept in a variable, which is not followed');
            into(node.init);
            return;
        case 'MemberExpression':
        case 'OptionalMemberExpression':
            readMemberAccess(reading, node, scope);
            forEachChild(node, into);
            return;
        case 'CallExpression':
        case 'OptionalCallExpression':
        case 'NewExpression':
            readCall(reading, node, scope);
            return;
        case 'ClassDeclaration':
        case 'ClassExpression':
            // It has a `this` of its own.
            return;
        default:
            if (isFunction(node)) {
                const inner = { ...behind(reading, scope, []), constructing: false };
                into(node.body, inBlock(inner, node));
            }
            else
                forEachChild(node, into);
    }
}
function readStatements(reading, statements, scope) {
    let current = scope;
    for (const statement of statements) {
        readNode(reading, statement, current);
        const tests = mentionsReturn(reading, statement) ? testsOfReturn(statement) : undefined;
        if (tests)
            current = behind(reading, current, tests);
        if (current.tooLate === undefined && alwaysAwaits(reading, statement))
            current = { ...current, tooLate: 'after an await, when the service is registered already' };
    }
}
/** A look at the text is much cheaper than one at the tree. */
function mentionsReturn(reading, statement) {
    return sourceOf(statement, reading.text).includes('return');
}
/** Whether a statement suspends its function whenever it runs. */
function alwaysAwaits(reading, statement) {
    if (statement.type !== 'ExpressionStatement' && statement.type !== 'VariableDeclaration')
        return false;
    if (!sourceOf(statement, reading.text).includes('await'))
        return false;
    let found = false;
    forEachNode(statement, (node) => {
        found ||= node.type === 'AwaitExpression';
    }, (node) => isFunction(node) ||
        isClass(node) ||
        node.type === 'ConditionalExpression' ||
        node.type === 'LogicalExpression' ||
        node.type === 'OptionalCallExpression');
    return found;
}
/** The tests that decide whether a statement returns from its function; `undefined` when it never does. */
function testsOfReturn(statement) {
    let found = false;
    const tests = [];
    forEachNode(statement, (node) => {
        if (node.type === 'ReturnStatement')
            found = true;
        if (node.type === 'IfStatement')
            tests.push(node.test);
    }, (node) => isFunction(node) || isClass(node));
    return found ? tests : undefined;
}
function inBlock(scope, block) {
    return { ...scope, blocks: [...scope.blocks, block.start ?? 0] };
}
/** The scope behind a condition. */
function behind(reading, scope, tests) {
    const names = tests.flatMap((test) => environmentBehind(reading, test, scope.bodies));
    const asksForLogger = tests.some((test) => /\blogger\b/.test(sourceOf(test, reading.text)));
    return {
        ...scope,
        conditional: true,
        environment: unique([...scope.environment, ...names]),
        constructing: scope.constructing && !asksForLogger,
    };
}
/** The environment variables that an expression reads, in itself and in the members and variables it names. */
function environmentBehind(reading, expression, bodies) {
    const names = [];
    const seen = new Set();
    const pending = [{ value: expression }];
    for (let next = pending.pop(); next; next = pending.pop()) {
        if (isProcessEnv(next.value) && next.property !== undefined)
            names.push(next.property);
        if (seen.has(next.value))
            continue;
        seen.add(next.value);
        forEachNode(next.value, (node, parent) => {
            if (isProcessEnv(node))
                (0,lists/* append */.B)(names, environmentNames(node, parent) ?? []);
            else if (isMember(node) && isThis(node.object)) {
                const member = reading.members.get(keyOf(node) ?? '');
                if (member)
                    pending.push({ value: member });
            }
            else if (node.type === 'Identifier' && !isNameOfMember(node, parent)) {
                const variable = variableOf(reading, node.name, bodies);
                if (variable)
                    pending.push(variable);
            }
        });
    }
    return names;
}
/** What a name stands for in a method: a variable of its own, of one that calls it, or of the file. */
function variableOf(reading, name, bodies) {
    for (const body of bodies) {
        const variables = reading.variables.get(body) ?? variablesIn(body);
        reading.variables.set(body, variables);
        const found = variables.get(name);
        if (found)
            return found;
    }
    return reading.topLevel.get(name);
}
function readMemberAccess(reading, node, scope) {
    const { surface } = reading;
    const object = (0,typescript/* unwrap */.oA)(node.object);
    const name = keyOf(node);
    if (isThis(object)) {
        if (name === undefined && node.property.type !== 'PrivateName')
            surface.unknown.push('a member of the class is used by a computed name');
        if (name && SCHEMA_INTERNALS.test(name))
            surface.unknown.push(SCHEMA_CHANGED);
        return;
    }
    if (isMember(object) && keyOf(object) === 'broker' && (name === 'registry' || name === 'createService'))
        surface.unknown.push('services are changed through the broker');
    // The constructor makes the logger after onInit (server/packages/sdk/src/services/base.ts).
    const isLogger = isMember(object) && isThis(object.object) && keyOf(object) === 'logger';
    if (isLogger && !node.optional && scope.constructing && reading.extendsService && !ownsLogger(reading))
        surface.hazards.push({ kind: 'logger', offset: object.start ?? 0 });
}
function ownsLogger(reading) {
    return reading.hasOwnLogger || reading.members.has('logger');
}
function readCall(reading, node, scope) {
    const callee = (0,typescript/* unwrap */.oA)(node.callee);
    const onThis = isMember(callee) && isThis(callee.object);
    const name = isMember(callee) ? keyOf(callee) : undefined;
    readNode(reading, callee, scope);
    if (onThis && name !== undefined && node.type !== 'NewExpression') {
        if (reading.members.has(name)) {
            for (const argument of node.arguments)
                readNode(reading, argument, scope);
            readMember(reading, name, scope);
            return;
        }
        if (readRegistration(reading, { method: name, node }, scope)) {
            // Handlers run when the service has long been registered.
            for (const argument of node.arguments) {
                noteHandler(reading, argument);
                if (MAY_REGISTER.test(sourceOf(argument, reading.text)))
                    readNode(reading, argument, inHandler(scope, argument));
            }
            return;
        }
    }
    const handsThisOn = node.arguments.some(isThis);
    if (handsThisOn && !scope.late && name !== 'bind')
        reading.surface.unknown.push(`\`this\` is handed to ${sourceOf(callee, reading.text)}`);
    const called = name ?? (callee.type === 'Identifier' ? callee.name : '');
    for (const argument of node.arguments)
        readNode(reading, argument, DEFERRING.test(called) && isFunction((0,typescript/* unwrap */.oA)(argument)) ? deferred(scope, called) : scope);
}
function inHandler(scope, argument) {
    return {
        ...scope,
        late: true,
        ...(isFunction((0,typescript/* unwrap */.oA)(argument)) && { tooLate: 'in a handler, when the service is registered already' }),
    };
}
function deferred(scope, name) {
    return {
        ...scope,
        tooLate: scope.tooLate ?? `in what ${name} runs later, when the service is registered already`,
    };
}
/** Remembers a method that is given as it is, or with `bind`. */
function noteHandler(reading, argument) {
    let node = (0,typescript/* unwrap */.oA)(argument);
    if (isCall(node) && isMember(node.callee) && keyOf(node.callee) === 'bind')
        node = (0,typescript/* unwrap */.oA)(node.callee.object);
    const name = isMember(node) && isThis(node.object) ? keyOf(node) : undefined;
    if (name !== undefined)
        reading.handlers.add(name);
}
/** Reads a call of one of TcService's own `registerX` (server/packages/sdk/src/services/base.ts). */
function readRegistration(reading, { method, node }, scope) {
    const { surface, text } = reading;
    const { conditional } = scope;
    const environment = [...scope.environment];
    const registered = (argument) => ({
        ...mentionOf(argument, text, node),
        conditional,
        environment,
    });
    const [first, second, third] = node.arguments;
    if (scope.tooLate !== undefined && reading.extendsService && REGISTERED_ONCE.test(method)) {
        surface.lateRegistrations.push({ ...nameOfLate(method, node, text), method, why: scope.tooLate });
        if (method === 'registerAvailableAction')
            surface.openRoutes.push({
                ...registered(first),
                name: '/available',
                literal: true,
                offset: node.start ?? 0,
            });
        return true;
    }
    switch (method) {
        case 'registerAction':
            surface.actions.push({ ...registered(first), ...readActionSchema(third) });
            return true;
        case 'registerAvailableAction': {
            const place = { literal: true, offset: node.start ?? 0, conditional, environment };
            surface.actions.push({ name: 'available', ...place, visibility: 'published', disableSocket: false });
            surface.openRoutes.push({ name: '/available', ...place });
            return true;
        }
        case 'registerAuthWhitelist': {
            const list = first && (0,typescript/* unwrap */.oA)(first);
            const paths = list?.type === 'ArrayExpression' ? list.elements : [first];
            (0,lists/* append */.B)(surface.openRoutes, paths.map((path) => registered(path ?? undefined)));
            return true;
        }
        case 'registerLocalDb': {
            const path = modulePath(first, reading.imports);
            const repeated = reading.databases.some((blocks) => blocks.every((block, depth) => scope.blocks[depth] === block));
            reading.databases.push(scope.blocks);
            surface.collections.push({
                name: path ?? 'unknown',
                literal: path !== undefined,
                offset: node.start ?? 0,
                conditional,
                environment,
                repeated,
            });
            return true;
        }
        case 'registerEventListener':
            surface.events.push(registered(first));
            return true;
        case 'registerAfterActionHook':
            surface.hooks.push({ ...registered(first), callback: mentionOf(second, text, node).name });
            return true;
        case 'registerMixin':
            surface.unknown.push('it has a mixin, which is not followed');
            return true;
        case 'registerMethod':
        case 'registerSetting':
        case 'registerDbField':
            return true;
        default:
            if (/^register[A-Z]/.test(method)) {
                surface.unknown.push(`\`this.${method}\` is not followed`);
                if (reading.extendsService)
                    surface.unknownMethods.push({ name: method, literal: true, offset: node.start ?? 0 });
            }
            return false;
    }
}
/** Returns what a late registration names, for the finding about it. */
function nameOfLate(method, node, text) {
    const isNamed = method === 'registerAction' || method === 'registerEventListener';
    return isNamed
        ? mentionOf(node.arguments[0], text, node)
        : {
            name: method === 'registerAvailableAction' ? 'available' : 'unknown',
            literal: false,
            offset: node.start ?? 0,
        };
}
/** The path in `require('./x').default`, or of the import that a name comes from. */
function modulePath(node, imports) {
    const value = node && (0,typescript/* unwrap */.oA)(node);
    if (!value)
        return undefined;
    if (isMember(value))
        return modulePath(value.object, imports);
    if (value.type === 'Identifier')
        return imports.get(value.name);
    if (!isCall(value) || value.callee.type !== 'Identifier' || value.callee.name !== 'require')
        return undefined;
    return (0,typescript/* literalText */.bK)(value.arguments[0]);
}
function membersOf(definition) {
    const members = new Map();
    for (const member of definition.body.body) {
        if ('static' in member && member.static)
            continue;
        const name = keyOf(member);
        // Of a getter and its setter the getter is what is read.
        if (name !== undefined && !(member.type === 'ClassMethod' && member.kind === 'set'))
            members.set(name, member);
    }
    return members;
}
/** The function of a method, or of a property that holds one. */
function functionOf(member) {
    if (isFunction(member))
        return member;
    const value = 'value' in member && member.value ? (0,typescript/* unwrap */.oA)(member.value) : undefined;
    return value && isFunction(value) ? value : undefined;
}
function variablesIn(node) {
    const variables = new Map();
    forEachNode(node, (each) => {
        if (each.type !== 'VariableDeclarator' || !each.init)
            return;
        const value = (0,typescript/* unwrap */.oA)(each.init);
        if (each.id.type === 'Identifier')
            variables.set(each.id.name, { value });
        if (each.id.type !== 'ObjectPattern')
            return;
        for (const property of each.id.properties) {
            if (property.type !== 'ObjectProperty')
                continue;
            const target = property.value.type === 'AssignmentPattern' ? property.value.left : property.value;
            const name = keyOf(property);
            if (target.type === 'Identifier')
                variables.set(target.name, { value, ...(name !== undefined && { property: name }) });
        }
    });
    return variables;
}
function topLevelVariables(tree) {
    const variables = new Map();
    for (const statement of tree.program.body) {
        const declaration = statement.type === 'ExportNamedDeclaration' && statement.declaration ? statement.declaration : statement;
        if (declaration.type === 'FunctionDeclaration' && declaration.id)
            variables.set(declaration.id.name, { value: declaration });
        if (declaration.type === 'VariableDeclaration')
            for (const [name, variable] of variablesIn(declaration))
                variables.set(name, variable);
    }
    return variables;
}
/** The module that each imported name comes from; `import x = require('./x')` counts. */
function importedModules(tree) {
    const modules = new Map();
    for (const statement of tree.program.body) {
        if (statement.type === 'ImportDeclaration')
            for (const { local } of statement.specifiers)
                modules.set(local.name, statement.source.value);
        if (statement.type === 'TSImportEqualsDeclaration' &&
            statement.moduleReference.type === 'TSExternalModuleReference')
            modules.set(statement.id.name, statement.moduleReference.expression.value);
    }
    return modules;
}
/** `started` and `stopped`, which moleculer would call and TcService gives its own of (`onStart`, `onStop`). */
function readUnusedMethods(definition, reading) {
    if (!reading.extendsService)
        return;
    for (const member of definition.body.body) {
        const name = keyOf(member);
        if ((name !== 'started' && name !== 'stopped') || ('static' in member && member.static))
            continue;
        // The class may call it by itself.
        if (new RegExp(`\\bthis\\.${name}\\b`).test(reading.text))
            continue;
        const better = name === 'started' ? 'onStart' : 'onStop';
        const offset = ('key' in member && member.key.start) || 0;
        reading.surface.unusedMethods.push({
            name,
            offset,
            fix: isRenamable(member) && !reading.members.has(better) ? renaming(member, offset, better) : undefined,
        });
    }
}
/** A field is set too late to be found; a private method can't stand for a protected one. */
function isRenamable(member) {
    if (member.type !== 'ClassMethod' || member.kind !== 'method' || member.key.type !== 'Identifier')
        return false;
    const returns = member.returnType?.type === 'TSTypeAnnotation' && member.returnType.typeAnnotation.type;
    return member.accessibility !== 'private' && returns !== 'TSVoidKeyword';
}
/** TcService's own methods are async, so one without a declared type has to be as well. */
function renaming(member, offset, name) {
    const method = member;
    const content = method.async || method.returnType ? name : `async ${name}`;
    return { offset, length: (name === 'onStart' ? 'started' : 'stopped').length, content };
}

;// CONCATENATED MODULE: ./.build/src/source/service-uses.js



/** The actions behind the helpers of `call(ctx)` (server/packages/sdk/src/services/lib/call.ts). */
const CALL_HELPERS = new Map([
    ['joinSocketIORoom', ['gateway.joinRoom']],
    ['leaveSocketIORoom', ['gateway.leaveRoom']],
    ['isUserOnline', ['gateway.checkUserOnline']],
    ['sendSystemMessage', ['chat.message.sendMessage']],
    ['getGroupLobbyConverseId', ['group.getGroupLobbyConverseId']],
    ['addGroupSystemMessage', ['group.getGroupLobbyConverseId', 'chat.message.sendMessage']],
    ['getUserInfo', ['user.getUserInfo']],
    ['getConverseInfo', ['chat.converse.findConverseInfo']],
    ['getGroupInfo', ['group.getGroupInfo']],
    ['checkUserPermissions', ['group.getUserAllPermissions']],
    ['appendInbox', ['chat.inbox.append']],
]);
/** The methods that notify clients, and which argument names the event (server/packages/sdk/src/services/base.ts). */
const NOTIFY_METHODS = new Map([
    ['unicastNotify', 2],
    ['listcastNotify', 2],
    ['roomcastNotify', 2],
    ['broadcastNotify', 1],
]);
/** What the gateway opens without login: any path that is in it (server/services/core/gateway.service.ts). */
const OPEN_ROUTES_EVENT = 'gateway.auth.addWhitelists';
/** The user that core services let do anything (server/packages/sdk/src/const.ts). */
const SYSTEM_USER = 'SYSTEM_USERID';
const SYSTEM_USER_ID = '000000000000000000000000';
/** Reads what a file uses, anywhere in it: calls, events, environment variables, its own pages. */
function readUses(tree, surface, { text, serviceName }) {
    const reading = { surface, text, serviceName, helper: localNameOfCall(tree) };
    forEachNode(tree, (node, parent) => {
        switch (node.type) {
            case 'MemberExpression':
            case 'OptionalMemberExpression':
                if (isProcessEnv(node))
                    readEnvironment(node, parent, surface);
                break;
            case 'ImportDeclaration':
                if (/^(node:)?process$/.test(node.source.value))
                    surface.unknown.push('the environment is read through an import');
                break;
            case 'ObjectProperty':
                if (keyOf(node) === '__raw' && !isFalse(node.value))
                    surface.rawHtml.push(node.start ?? 0);
                break;
            case 'AssignmentExpression':
                if (isMember(node.left) && keyOf(node.left) === '__raw' && !isFalse(node.right))
                    surface.rawHtml.push(node.start ?? 0);
                break;
            case 'CallExpression':
            case 'OptionalCallExpression':
                readUsingCall(reading, node, parent);
                break;
            default:
        }
    });
}
/** Reads which variables of `process.env` are used, from the syntax around it. */
function readEnvironment(node, parent, surface) {
    const names = environmentNames(node, parent);
    if (names)
        (0,lists/* append */.B)(surface.environment, names);
    else
        surface.unknown.push('the environment is read by a computed name or as a whole');
}
function readUsingCall(reading, node, parent) {
    const { surface, text, serviceName, helper } = reading;
    const callee = (0,typescript/* unwrap */.oA)(node.callee);
    if (callee.type === 'Identifier' && callee.name === helper && !(parent && isMember(parent)))
        surface.unknown.push('what `call(ctx)` gives is kept, and not followed');
    if (!isMember(callee))
        return;
    const method = keyOf(callee);
    const object = (0,typescript/* unwrap */.oA)(callee.object);
    const mention = (index) => mentionOf(node.arguments[index], text, node);
    if (isCall(object)) {
        const inner = (0,typescript/* unwrap */.oA)(object.callee);
        if (helper === undefined || inner.type !== 'Identifier' || inner.name !== helper)
            return;
        const actions = CALL_HELPERS.get(method ?? '');
        const offset = node.start ?? 0;
        if (actions)
            (0,lists/* append */.B)(surface.calls, actions.map((name) => ({ name, literal: true, offset })));
        else
            surface.calls.push({ name: 'unknown', literal: false, offset });
        return;
    }
    if (method === 'call') {
        const called = mention(0);
        // `handler.call(this)` is every function's own method, and calls no action.
        if (isBrokerOrContext(object) || (called.literal && called.name.includes('.'))) {
            surface.calls.push(called);
            readIdentity(node.arguments[2], surface);
        }
    }
    else if (method === 'mcall' && isBrokerOrContext(object)) {
        surface.calls.push({ name: 'unknown', literal: false, offset: node.start ?? 0 });
    }
    else if (method === 'systemCall') {
        surface.calls.push(mention(1));
        surface.identities.push({ name: SYSTEM_USER, literal: true, offset: node.start ?? 0 });
        readIdentity(node.arguments[3], surface);
    }
    else if ((method === 'emit' || method?.startsWith('broadcast')) && isBrokerOrContext(object)) {
        surface.emits.push(mention(0));
        if (mention(0).name === OPEN_ROUTES_EVENT)
            readForeignRoutes(node, surface, text);
    }
    else if (isThis(object)) {
        const index = NOTIFY_METHODS.get(method ?? '');
        if (index === undefined)
            return;
        const event = mention(index);
        surface.emits.push({ ...event, name: `notify:${serviceName}.${event.name}` });
    }
}
/** Reads the user that the options of a call name as its caller: `{ meta: { userId } }`. */
function readIdentity(options, surface) {
    if (!options)
        return;
    const meta = propertyOf(options, 'meta');
    const userId = meta && propertyOf(meta, 'userId');
    if (userId?.type === 'Identifier' && userId.name === SYSTEM_USER)
        surface.identities.push({ name: SYSTEM_USER, literal: true, offset: userId.start ?? 0 });
    // Passing on the caller of this action is fine.
    else if (userId && !(isMember(userId) && isMember(userId.object) && keyOf(userId.object) === 'meta'))
        surface.identities.push({
            name: (0,typescript/* literalText */.bK)(userId) === SYSTEM_USER_ID ? SYSTEM_USER : 'unknown',
            literal: false,
            offset: userId.start ?? 0,
        });
}
/** Reads the paths in `broadcast('gateway.auth.addWhitelists', { urls: [...] })`. */
function readForeignRoutes(node, surface, text) {
    const urls = node.arguments[1] && propertyOf(node.arguments[1], 'urls');
    const paths = urls?.type === 'ArrayExpression' ? urls.elements : [undefined];
    (0,lists/* append */.B)(surface.foreignRoutes, paths.map((path) => mentionOf(path ?? undefined, text, node)));
}
/** Returns the value of a property of an object literal. */
function propertyOf(object, name) {
    const bare = (0,typescript/* unwrap */.oA)(object);
    if (bare.type !== 'ObjectExpression')
        return undefined;
    for (const property of bare.properties)
        if (property.type === 'ObjectProperty' && keyOf(property) === name)
            return (0,typescript/* unwrap */.oA)(property.value);
    return undefined;
}
/** Returns the file's name for the SDK's `call`; `undefined` when it doesn't import it. */
function localNameOfCall(tree) {
    for (const statement of tree.program.body) {
        if (statement.type !== 'ImportDeclaration' || statement.source.value !== 'tailchat-server-sdk')
            continue;
        for (const specifier of statement.specifiers)
            if (specifier.type === 'ImportSpecifier' &&
                specifier.imported.type === 'Identifier' &&
                specifier.imported.name === 'call')
                return specifier.local.name;
    }
    return undefined;
}
function isBrokerOrContext(node) {
    const name = node.type === 'Identifier' ? node.name : isMember(node) ? (keyOf(node) ?? '') : '';
    return /^(c|.*(ctx|context|broker))$/i.test(name);
}
function isFalse(node) {
    return node.type === 'BooleanLiteral' && !node.value;
}

;// CONCATENATED MODULE: ./.build/src/source/service-surface.js





/** Reads what a service offers and reaches from its syntax tree. */
function readServiceSurface({ tree, definition, text, name }) {
    const surface = emptySurface();
    try {
        readUses(tree, surface, { text, serviceName: name ?? 'unknown' });
        if (!definition)
            surface.unknown.push('the service is made by code outside of this file');
        else if (definition.type === 'ObjectExpression')
            readSchema(definition, surface, text);
        else
            readClass({ tree, definition, text }, surface);
    }
    catch (error) {
        // Only generated code is nested deeper than the stack.
        if (error instanceof RangeError)
            return unknownSurface('the file is nested too deeply');
        throw error;
    }
    const { actions, openRoutes, collections, events, hooks, hazards, lateRegistrations } = surface;
    for (const list of [actions, openRoutes, collections, events, hooks, hazards, lateRegistrations])
        list.sort((a, b) => a.offset - b.offset);
    return withSortedUses(surface);
}
/** Reads what a file without a service uses: calls, events, pages. It registers nothing itself. */
function readHelperSurface(tree, text) {
    const surface = emptySurface();
    readUses(tree, surface, { text, serviceName: 'unknown' });
    return withSortedUses(surface);
}
function withSortedUses(surface) {
    for (const list of [surface.foreignRoutes, surface.calls, surface.identities, surface.emits])
        list.sort((a, b) => a.offset - b.offset);
    surface.rawHtml.sort((a, b) => a - b);
    surface.environment = unique(surface.environment);
    surface.unknown = unique(surface.unknown);
    return surface;
}

// EXTERNAL MODULE: ./.build/src/lib/text.js
var lib_text = __nccwpck_require__(2184);
// EXTERNAL MODULE: ./.build/src/tailchat/service-loader.js
var service_loader = __nccwpck_require__(7767);
;// CONCATENATED MODULE: ./.build/src/source/service.js






/** Whether a file's name suggests a service: `x.service.ts`, and slips such as `x.Service.ts` or `xService.js`. */
function resemblesServiceFile(path) {
    return /services?(\.dev)?\.[cm]?[jt]sx?$/i.test(path) && !/\.d\.[cm]?ts$/.test(path);
}
/** Reads a service file's default export and service name without running it. */
function readServiceFile(parse, file, sourceAt = () => undefined) {
    const parsed = (0,typescript/* parseTypeScript */.pv)(parse, file);
    if ('problem' in parsed) {
        return {
            ...file,
            loadedIn: (0,service_loader/* loadedIn */.lB)(file.path),
            serviceName: undefined,
            nameIs: 'unknown',
            hasDefaultExport: false,
            surface: unknownSurface('the file does not parse'),
            syntaxProblem: parsed.problem,
        };
    }
    foldNames(parsed.tree, file, { parse, at: sourceAt });
    const exported = defaultExport(parsed.tree);
    // Without a default export nothing is loaded, but the class that was meant still tells the name.
    const definition = exported ? resolveDefinition(parsed.tree, exported) : firstNamedClass(parsed.tree);
    const named = nameOf(definition);
    return {
        ...file,
        loadedIn: (0,service_loader/* loadedIn */.lB)(file.path),
        hasDefaultExport: exported !== undefined,
        nameIs: named.is,
        ...(definition && { definedAt: (0,lib_text/* positionAt */.t$)(file, definition.start ?? 0) }),
        surface: readServiceSurface({ tree: parsed.tree, definition, text: file.text, name: named.value }),
        serviceName: named.node && {
            value: named.value,
            position: (0,lib_text/* positionAt */.t$)(file, named.node.start ?? 0),
            start: named.node.start ?? 0,
            end: named.node.end ?? 0,
            ...(isFolded(named.node) && { isComputed: true }),
        },
    };
}
/** Whether a file may call, send or answer anything. Most don't, and need not be parsed. */
function mayUse({ text }) {
    return /\b(?:m?call|systemCall|emit|broadcast\w*|__raw)\b/.test(text);
}
/** Reads a file that defines no service; `undefined` where it uses nothing that reaches beyond it. */
function readHelperFile(parse, file) {
    const parsed = (0,typescript/* parseTypeScript */.pv)(parse, file);
    const surface = 'problem' in parsed
        ? unknownSurface(`${file.path} does not parse`)
        : readHelperSurface(parsed.tree, file.text);
    const { foreignRoutes, calls, identities, emits, rawHtml, unknown } = surface;
    const uses = [foreignRoutes, calls, identities, emits, rawHtml, unknown].some(({ length }) => length > 0);
    return uses ? { ...file, surface } : undefined;
}
function defaultExport(tree) {
    for (const statement of tree.program.body) {
        if (statement.type === 'ExportDefaultDeclaration')
            return (0,typescript/* unwrap */.oA)(statement.declaration);
        // `export =` and `module.exports =`: moleculer takes the module itself when it has no default
        // (service-broker.js, loadService).
        if (statement.type === 'TSExportAssignment')
            return (0,typescript/* unwrap */.oA)(statement.expression);
        if (statement.type === 'ExportNamedDeclaration') {
            const specifier = statement.specifiers.find((each) => each.type === 'ExportSpecifier' &&
                (each.exported.type === 'Identifier' ? each.exported.name : each.exported.value) === 'default');
            if (specifier?.type === 'ExportSpecifier')
                return specifier.local;
        }
        if (statement.type === 'ExpressionStatement' && statement.expression.type === 'AssignmentExpression') {
            const { left, right } = statement.expression;
            if (left.type === 'MemberExpression' &&
                left.object.type === 'Identifier' &&
                left.object.name === 'module' &&
                (0,typescript/* memberName */.eg)({ computed: left.computed, key: left.property }) === 'exports')
                return (0,typescript/* unwrap */.oA)(right);
        }
    }
    return undefined;
}
function resolveDefinition(tree, node) {
    if (node.type === 'ClassDeclaration' || node.type === 'ClassExpression' || node.type === 'ObjectExpression')
        return node;
    if (node.type !== 'Identifier')
        return undefined;
    for (const statement of topLevel(tree)) {
        if (statement.type === 'ClassDeclaration' && statement.id?.name === node.name)
            return statement;
        if (statement.type !== 'VariableDeclaration')
            continue;
        for (const { id, init } of statement.declarations) {
            if (id.type === 'Identifier' && id.name === node.name && init) {
                const value = (0,typescript/* unwrap */.oA)(init);
                return value.type === 'Identifier' ? undefined : resolveDefinition(tree, value);
            }
        }
    }
    return undefined;
}
function topLevel(tree) {
    return tree.program.body.map((statement) => statement.type === 'ExportNamedDeclaration' && statement.declaration ? statement.declaration : statement);
}
function firstNamedClass(tree) {
    return topLevel(tree).find((statement) => statement.type === 'ClassDeclaration' && nameOf(statement).is === 'literal');
}
/** A class names its service by `get serviceName()`, a plain moleculer schema by its property `name`. */
function nameOf(definition) {
    if (!definition)
        return { is: 'unknown' };
    if (definition.type === 'ObjectExpression') {
        for (const property of definition.properties) {
            if (property.type === 'SpreadElement')
                return { is: 'unknown' };
            if ((0,typescript/* memberName */.eg)(property) === 'name')
                return property.type === 'ObjectProperty' ? reading(property.value) : { is: 'unknown' };
        }
        return { is: 'none' };
    }
    for (const member of definition.body.body) {
        if (member.type !== 'ClassMethod' || member.kind !== 'get' || member.static)
            continue;
        if ((0,typescript/* memberName */.eg)(member) === 'serviceName') {
            const statement = member.body.body[0];
            return statement?.type === 'ReturnStatement' && statement.argument
                ? reading(statement.argument)
                : { is: 'unknown' };
        }
    }
    // A class that extends one of its own may inherit the getter; TcService itself has none.
    const parent = definition.superClass;
    const inheritsNothing = parent?.type === 'Identifier' && parent.name === 'TcService';
    return { is: inheritsNothing ? 'none' : 'unknown' };
}
function reading(node) {
    const value = (0,typescript/* literalText */.bK)(node);
    return value === undefined ? { is: 'unknown' } : { is: 'literal', value, node: (0,typescript/* unwrap */.oA)(node) };
}

// EXTERNAL MODULE: ./.build/src/source/imports.js
var imports = __nccwpck_require__(1411);
// EXTERNAL MODULE: ./node_modules/jsonc-parser/lib/umd/main.js
var main = __nccwpck_require__(9547);
;// CONCATENATED MODULE: ./.build/src/source/compiler-options.js



/** More files than any server's options are spread over. */
const MAX_FILES = 20;
/**
 * Reads the options with which the server is compiled, those of the files that it extends included.
 * @param isOnBase whether the server comes from a base image, and with it Tailchat's own options
 */
function readCompilerOptions(read, isOnBase) {
    // The build looks for the file in server/ and above (server/scripts/build.ts).
    const path = ['server/tsconfig.json', 'tsconfig.json'].find((each) => read(each) !== undefined);
    const notRead = new Set();
    const state = { read, known: new Map(), notRead };
    const options = isOnBase ? TAILCHAT : path === undefined ? {} : optionsOf(state, path, []);
    const { target, useDefineForClassFields } = options;
    return {
        emitsJavaScript: options['allowJs'] === true,
        emitsImportedJson: options['resolveJsonModule'] === true,
        definesFields: typeof useDefineForClassFields === 'boolean'
            ? useDefineForClassFields
            : typeof target === 'string' && isNewTarget(target),
        notRead: [...notRead],
    };
}
/** What Tailchat's own server/tsconfig.json says. */
const TAILCHAT = { target: 'esnext' };
/** Class fields are part of ES2022. */
function isNewTarget(target) {
    const year = /^es(\d{4})$/i.exec(target)?.[1];
    return year === undefined ? /^esnext$/i.test(target) : Number(year) >= 2022;
}
/** @param above the files that extend this one, from the outermost on */
function optionsOf(state, path, above) {
    const { read, known, notRead } = state;
    if (above.includes(path)) {
        notRead.add(`${path} extends itself, which the compiler refuses: what it inherits was left out`);
        return {};
    }
    const there = known.get(path);
    if (there)
        return there;
    if (known.size === MAX_FILES) {
        notRead.add(`of the files that ${above[0] ?? path} extends, only ${MAX_FILES} were read`);
        return {};
    }
    const options = {};
    known.set(path, options);
    const file = read(path);
    if (!file)
        return options;
    // The parser goes as deep as the text does, until there is no stack left.
    if ((0,formats_json/* jsonNestsTooDeep */.E8)(file.text)) {
        notRead.add(`${path} nests too deep to be read`);
        return options;
    }
    const config = (0,formats_json/* asObject */.eB)((0,main.parse)(file.text, [], { allowTrailingComma: true })) ?? {};
    const bases = Array.isArray(config['extends']) ? config['extends'] : [config['extends']];
    for (const base of bases) {
        // What a package holds is not part of the repository.
        if (typeof base !== 'string' || !/^\.{0,2}\//.test(base))
            continue;
        const target = external_node_path_.posix.join(external_node_path_.posix.dirname(path), base);
        const file = target.endsWith('.json') ? target : `${target}.json`;
        Object.assign(options, optionsOf(state, file, [...above, path]));
    }
    return Object.assign(options, (0,formats_json/* asObject */.eB)(config['compilerOptions']));
}

;// CONCATENATED MODULE: ./.build/src/source/shared-modules.js


/** The modules that the client registers for plugins, and where it takes them from (client/web/src/plugin/loader.ts). */
const SHARED_MODULES = {
    '@capital/common': 'client/web/src/plugin/common/index',
    '@capital/component': 'client/web/src/plugin/component/index',
};
const EXTENSIONS = ['.ts', '.tsx', '/index.ts', '/index.tsx'];
/** Reads what the shared modules export; `read` gives the text of a file of the repository. */
function readSharedModules(parse, read) {
    const fileAt = (path) => EXTENSIONS.reduce((found, ending) => found ?? read(path + ending), undefined);
    const modules = new Map();
    for (const [module, path] of Object.entries(SHARED_MODULES)) {
        const names = exportedNames({ parse, fileAt, visited: new Set() }, path);
        if (names)
            modules.set(module, names);
    }
    return modules;
}
/** More than the client has: links among directories could give one file a path after the other. */
const shared_modules_MAX_FILES = 200;
/** @returns `undefined` when a part of the module is elsewhere or cannot be read */
function exportedNames(reading, path) {
    const { parse, fileAt, visited } = reading;
    const names = new Set();
    if (visited.has(path))
        return names;
    if (visited.size === shared_modules_MAX_FILES)
        return undefined;
    visited.add(path);
    const file = fileAt(path);
    const parsed = file && (0,typescript/* parseTypeScript */.pv)(parse, file);
    if (!parsed || 'problem' in parsed)
        return undefined;
    for (const statement of parsed.tree.program.body) {
        if (statement.type === 'TSExportAssignment')
            return undefined;
        if (statement.type === 'ExportAllDeclaration') {
            const source = statement.source.value;
            const further = source.startsWith('.')
                ? exportedNames(reading, external_node_path_.posix.join(external_node_path_.posix.dirname(file.path), source))
                : undefined;
            if (!further)
                return undefined;
            for (const name of further)
                names.add(name);
        }
        else
            for (const name of namesOf(statement))
                names.add(name);
    }
    return names;
}
function namesOf(statement) {
    if (statement.type === 'ExportDefaultDeclaration')
        return ['default'];
    if (statement.type !== 'ExportNamedDeclaration')
        return [];
    const { declaration, specifiers } = statement;
    if (declaration?.type === 'VariableDeclaration')
        return declaration.declarations.flatMap(({ id }) => bound(id));
    if (declaration && 'id' in declaration && declaration.id?.type === 'Identifier')
        return [declaration.id.name];
    return specifiers.map(({ exported }) => (exported.type === 'Identifier' ? exported.name : exported.value));
}
/** The names that a pattern such as `[a, { b, ...c }]` binds. */
function bound(pattern) {
    switch (pattern?.type) {
        case 'Identifier':
            return [pattern.name];
        case 'ArrayPattern':
            return pattern.elements.flatMap(bound);
        case 'ObjectPattern':
            return pattern.properties.flatMap((each) => bound(each.type === 'RestElement' ? each : each.value));
        case 'AssignmentPattern':
            return bound(pattern.left);
        case 'RestElement':
            return bound(pattern.argument);
        default:
            return [];
    }
}

// EXTERNAL MODULE: ./.build/src/formats/dockerfile.js
var formats_dockerfile = __nccwpck_require__(3852);
// EXTERNAL MODULE: ./.build/src/lib/wording.js
var wording = __nccwpck_require__(1067);
// EXTERNAL MODULE: ./.build/src/source/server-code.js
var server_code = __nccwpck_require__(998);
// EXTERNAL MODULE: ./.build/src/formats/yaml.js
var yaml = __nccwpck_require__(1253);
// EXTERNAL MODULE: ./.build/src/workspace/container.js
var workspace_container = __nccwpck_require__(3082);
;// CONCATENATED MODULE: ./.build/src/workspace/compose.js





const OVERRIDE_NAME = /override/;
/** Images of services next to Tailchat, which read its env file for a password at most. */
const OTHER_IMAGE = /(^|\/)(mongo|redis|valkey|minio|mc|traefik|nginx|caddy|swag|postgres|mysql|mariadb|rabbitmq|nats|etcd|livekit-server|prometheus|grafana|jaeger)[\w.-]*(?=[:/@]|$)/i;
/** Reads a compose file. */
async function readComposeFile(file, envFile, imageVariables = new Map()) {
    const result = await (0,yaml/* readYaml */.gM)(file.text);
    const compose = { ...file, kind: 'compose', stack: file.path };
    if ('problem' in result)
        return {
            ...compose,
            services: [],
            isPartial: true,
            problem: { message: result.problem, position: (0,lib_text/* positionAt */.t$)(file, result.offset) },
        };
    const entries = (0,yaml/* yamlEntries */.go)((0,yaml/* yamlAt */.fY)(result.node, 'services'));
    const described = entries.map(([name, { keyStart, value }]) => ({
        name,
        keyStart,
        value,
        layers: [ownEnvironment(file, value), ...envFilesOf(file, value, envFile), imageVariables],
    }));
    return {
        ...compose,
        isPartial: OVERRIDE_NAME.test(external_node_path_.posix.basename(file.path)) ||
            (0,yaml/* yamlAt */.fY)(result.node, 'include') !== undefined ||
            entries.some(([, { value }]) => (0,yaml/* yamlAt */.fY)(value, 'extends') || !((0,yaml/* yamlAt */.fY)(value, 'image') ?? (0,yaml/* yamlAt */.fY)(value, 'build'))),
        services: described
            .filter(({ value, layers }) => runsTailchat(file, value, layers))
            .map(({ name, keyStart, value, layers }) => (0,workspace_container/* deployedService */.yD)({
            name,
            position: (0,lib_text/* positionAt */.t$)(file, keyStart),
            words: wordsOf(value),
            layers,
            image: (0,workspace_container/* imageOf */.dT)(file, value),
            mounts: mountsOf(file, value),
        })),
    };
}
/** The volumes of a compose service: `source:target:mode`, or a map. */
function mountsOf(file, service) {
    const volumes = (0,yaml/* yamlAt */.fY)(service, 'volumes');
    return (volumes?.kind === 'list' ? volumes.items : []).flatMap((item) => {
        const short = (0,yaml/* yamlText */.pS)(item);
        // A drive of Windows has a colon, too; a lone path is an anonymous volume.
        const target = short === undefined
            ? (0,yaml/* yamlText */.pS)((0,yaml/* yamlAt */.fY)(item, 'target'))
            : /(?:^|:)(\/[^:]*)(?::[a-zA-Z,]+)?$/.exec(short)?.[1];
        return target === undefined ? [] : { target, position: (0,lib_text/* positionAt */.t$)(file, item.start) };
    });
}
/**
 * A service runs the Tailchat image when the image or its own environment says so, or when it is built from this
 * repository; one with the env file of the others does as well, unless its image is known to be another program. What is
 * built from another directory is a program of its own, such as a bot.
 */
function runsTailchat(file, service, layers) {
    const [own, ...others] = layers;
    const isSet = (layer, name) => layer !== 'unknown' && layer?.get(name) !== undefined;
    if (isSet(own, 'SERVICEDIR') || isSet(own, 'SERVICES'))
        return true;
    const build = (0,yaml/* yamlAt */.fY)(service, 'build');
    const context = (0,yaml/* yamlText */.pS)(build) ?? (0,yaml/* yamlText */.pS)((0,yaml/* yamlAt */.fY)(build, 'context'));
    if (context !== undefined && !isRoot(file, context))
        return false;
    const ownDockerfile = (0,yaml/* yamlText */.pS)((0,yaml/* yamlAt */.fY)(build, 'dockerfile')) ?? layout/* layout */.Zp.dockerfile;
    if (context !== undefined && ownDockerfile === layout/* layout */.Zp.dockerfile)
        return true;
    const image = (0,yaml/* yamlText */.pS)((0,yaml/* yamlAt */.fY)(service, 'image')) ?? '';
    if ((0,workspace_container/* isUsualPlace */.uU)(file.path) ? /tailchat/i.test(image) : (0,workspace_container/* isTailchatImage */.wO)(image))
        return true;
    // The last layer is the image's, which says nothing of this service.
    return !OTHER_IMAGE.test(image) && others.slice(0, -1).some((layer) => isSet(layer, 'SERVICEDIR'));
}
function isRoot(file, context) {
    return external_node_path_.posix.join(external_node_path_.posix.dirname(file.path), context, '.').replace(/\/$/, '') === '.';
}
function wordsOf(service) {
    return ['entrypoint', 'command'].flatMap((key) => {
        const node = (0,yaml/* yamlAt */.fY)(service, key);
        if (node?.kind === 'list')
            return node.items.map((item) => (0,yaml/* yamlText */.pS)(item) ?? '');
        return (0,yaml/* yamlText */.pS)(node) ?? [];
    });
}
function ownEnvironment(file, service) {
    const environment = (0,yaml/* yamlAt */.fY)(service, 'environment');
    const variables = new Map();
    const fromHost = { is: 'unknown', reason: 'the host’s environment sets it' };
    for (const [name, { value }] of (0,yaml/* yamlEntries */.go)(environment)) {
        if (value.kind !== 'scalar')
            continue;
        const source = { file, start: value.start, end: value.end };
        variables.set(name, (0,yaml/* isNull */.kZ)(value) ? fromHost : (0,workspace_container/* variable */.bv)(value.text, source));
    }
    for (const item of environment?.kind === 'list' ? environment.items : []) {
        if (item.kind !== 'scalar')
            continue;
        const [, name = '', value] = /^([^=]*)(?:=([^]*))?$/.exec(item.text) ?? [];
        // The value ends where the item does, before its closing quote.
        const end = item.quoted ? item.end - 1 : item.end;
        variables.set(name, value === undefined ? fromHost : (0,workspace_container/* variable */.bv)(value, { file, start: end - value.length, end }));
    }
    return variables;
}
/** The env files of a service, the one that wins first. */
function envFilesOf(file, service, envFile) {
    const node = (0,yaml/* yamlAt */.fY)(service, 'env_file');
    const items = node?.kind === 'list' ? node.items : node ? [node] : [];
    return items
        .map((item) => {
        const path = (0,yaml/* yamlText */.pS)(item) ?? (0,yaml/* yamlText */.pS)((0,yaml/* yamlAt */.fY)(item, 'path'));
        if (path === undefined || path.includes('$'))
            return 'unknown';
        // With several -f, paths are relative to the first file: Tailchat's docker/admin.yml names the root's.
        const places = [external_node_path_.posix.join(external_node_path_.posix.dirname(file.path), path), external_node_path_.posix.normalize(path)];
        for (const place of places) {
            const found = place.startsWith('../') ? undefined : envFile(place);
            if (found)
                return found.variables;
        }
        return (0,yaml/* yamlText */.pS)((0,yaml/* yamlAt */.fY)(item, 'required')) === 'false' ? new Map() : 'unknown';
    })
        .reverse();
}
/** Reads an env file: `NAME=value` lines, with quotes and comments as compose takes them. */
function readEnvFile(file) {
    const variables = new Map();
    const line = /^[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*=[ \t]*('[^'\r\n]*'|"[^"\r\n]*"|[^\r\n]*)/gm;
    for (const match of file.text.matchAll(line)) {
        const [whole, name = '', raw = ''] = match;
        const start = match.index + whole.length - raw.length;
        const quoted = /^(['"])(.*)\1$/.exec(raw);
        const bare = (0,lib_text/* withoutTrailingComment */.GG)(raw).trimEnd();
        const source = { file, start, end: start + (quoted ? raw : bare).length };
        const isLiteral = raw.startsWith("'");
        const text = quoted ? (quoted[2] ?? '') : bare;
        variables.set(name, isLiteral ? { is: 'known', value: text, source } : (0,workspace_container/* variable */.bv)(text, source));
    }
    return { ...file, variables };
}
/** What the Dockerfile's last stage sets with ENV, which holds where nothing else is said. */
function* imageEnvironment(dockerfile) {
    const lastStage = [...dockerfile.text.matchAll(/^FROM\b/gim)].at(-1)?.index ?? 0;
    const line = /^[ \t]*ENV[ \t]+(SERVICEDIR|SERVICES|TRANSPORTER|DISABLE_TRACING)[= \t][ \t]*("[^"\r\n]*"|[^\r\n]*)/gim;
    for (const match of dockerfile.text.matchAll(line)) {
        if (match.index < lastStage)
            continue;
        const [whole, name = '', raw = ''] = match;
        const start = match.index + whole.length - raw.length;
        const value = raw.replace(/^"(.*)"$/, '$1').trimEnd();
        yield [name, (0,workspace_container/* variable */.bv)(value, { file: dockerfile, start, end: start + raw.length })];
    }
}

;// CONCATENATED MODULE: ./.build/src/workspace/kubernetes.js




/**
 * Reads what Kubernetes manifests say about the containers that run the Tailchat image.
 * @param imageVariables what the image itself sets
 * @returns a file for each that could be read; and those that could not, such as templates of a Helm chart
 */
async function readManifests(files, imageVariables) {
    const read = [];
    const notRead = [];
    for (const file of files) {
        const result = file.text.includes('{{') ? undefined : await (0,yaml/* readYamlDocuments */.Cw)(file.text);
        if (result === undefined)
            notRead.push({ path: file.path, reason: 'is a template' });
        else if ('problem' in result)
            notRead.push({ path: file.path, reason: `is not valid YAML: ${result.problem}` });
        else
            read.push({ file, objects: result.nodes.flatMap(objectsOf) });
    }
    return {
        files: read.map(({ file, objects }) => {
            const stack = external_node_path_.posix.dirname(file.path);
            const configMaps = configMapsOf(read.filter((each) => external_node_path_.posix.dirname(each.file.path) === stack));
            return {
                ...file,
                kind: 'kubernetes',
                stack,
                isPartial: false,
                services: objects.flatMap((object) => containersOf({ file, object, configMaps, imageVariables })),
            };
        }),
        notRead,
    };
}
/** A `List` holds objects of its own. */
function objectsOf(node) {
    const items = (0,yaml/* yamlAt */.fY)(node, 'items');
    return items?.kind === 'list' ? [...items.items] : [node];
}
/** The data of the ConfigMaps by their names. */
function configMapsOf(manifests) {
    return new Map(manifests.flatMap(({ file, objects }) => objects
        .filter((object) => (0,yaml/* yamlText */.pS)((0,yaml/* yamlAt */.fY)(object, 'kind')) === 'ConfigMap')
        .map((object) => [kubernetes_nameOf(object), dataOf(file, object)])));
}
function dataOf(file, configMap) {
    return new Map((0,yaml/* yamlEntries */.go)((0,yaml/* yamlAt */.fY)(configMap, 'data')).flatMap(([name, { value }]) => value.kind === 'scalar' ? [[name, known(value.text, file, value)]] : []));
}
function containersOf({ file, object, configMaps, imageVariables, }) {
    const containers = (0,yaml/* yamlAt */.fY)(podOf(object), 'containers');
    if (containers?.kind !== 'list')
        return [];
    return containers.items.flatMap((container) => {
        const own = environmentOf(file, container);
        const image = (0,workspace_container/* imageOf */.dT)(file, container);
        if (!(0,workspace_container/* isTailchatImage */.wO)(image?.text ?? '') && !own.has('SERVICEDIR') && !own.has('SERVICES'))
            return [];
        return (0,workspace_container/* deployedService */.yD)({
            name: kubernetes_nameOf(object),
            position: (0,lib_text/* positionAt */.t$)(file, container.start),
            words: [...kubernetes_wordsOf(container, 'command'), ...kubernetes_wordsOf(container, 'args')],
            // The last of several sources wins over the others, and a variable of its own over all of them.
            layers: [own, ...sourcesOf(container, configMaps).reverse(), imageVariables],
            image,
            mounts: kubernetes_mountsOf(file, container),
        });
    });
}
/** The pod that an object is, or makes. */
function podOf(object) {
    return ((0,yaml/* yamlAt */.fY)(object, 'spec', 'jobTemplate', 'spec', 'template', 'spec') ??
        (0,yaml/* yamlAt */.fY)(object, 'spec', 'template', 'spec') ??
        (0,yaml/* yamlAt */.fY)(object, 'spec'));
}
function kubernetes_nameOf(object) {
    return (0,yaml/* yamlText */.pS)((0,yaml/* yamlAt */.fY)(object, 'metadata', 'name')) ?? 'without a name';
}
function environmentOf(file, container) {
    const variables = new Map();
    const items = (0,yaml/* yamlAt */.fY)(container, 'env');
    for (const item of items?.kind === 'list' ? items.items : []) {
        const name = (0,yaml/* yamlText */.pS)((0,yaml/* yamlAt */.fY)(item, 'name'));
        const value = (0,yaml/* yamlAt */.fY)(item, 'value');
        if (name === undefined)
            continue;
        variables.set(name, value?.kind === 'scalar'
            ? known(value.text, file, value)
            : { is: 'unknown', reason: 'it comes from another object of the cluster' });
    }
    return variables;
}
/** `$(NAME)` is filled in by Kubernetes. */
function known(text, file, { start, end }) {
    return text.includes('$(')
        ? { is: 'unknown', reason: `it is ${text}, which is filled in when the container starts` }
        : (0,workspace_container/* variable */.bv)(text.replaceAll('$', '$$$$'), { file, start, end });
}
function sourcesOf(container, configMaps) {
    const sources = (0,yaml/* yamlAt */.fY)(container, 'envFrom');
    return (sources?.kind === 'list' ? sources.items : []).map((source) => {
        const name = (0,yaml/* yamlText */.pS)((0,yaml/* yamlAt */.fY)(source, 'configMapRef', 'name'));
        const hasPrefix = (0,yaml/* yamlText */.pS)((0,yaml/* yamlAt */.fY)(source, 'prefix')) !== undefined;
        return (name !== undefined && !hasPrefix ? configMaps.get(name) : undefined) ?? 'unknown';
    });
}
function kubernetes_wordsOf(container, key) {
    const node = (0,yaml/* yamlAt */.fY)(container, key);
    return node?.kind === 'list' ? node.items.map((item) => (0,yaml/* yamlText */.pS)(item) ?? '') : [];
}
function kubernetes_mountsOf(file, container) {
    const mounts = (0,yaml/* yamlAt */.fY)(container, 'volumeMounts');
    return (mounts?.kind === 'list' ? mounts.items : []).flatMap((mount) => {
        const target = (0,yaml/* yamlText */.pS)((0,yaml/* yamlAt */.fY)(mount, 'mountPath'));
        return target === undefined ? [] : { target, position: (0,lib_text/* positionAt */.t$)(file, mount.start) };
    });
}

;// CONCATENATED MODULE: ./.build/src/workspace/read-deployment.js








/** Names that compose looks for, and the ones that people give with -f. */
const COMPOSE_NAME = /^(docker-)?compose([.-][\w.-]+)?\.ya?ml$/;
const ENV_NAME = /(^|[\w.-])\.env$/;
/** Directories of code and of what is built from it: nothing is deployed from there. */
const NO_DEPLOYMENT = new Set(['src', 'dist', 'build', 'public', 'plugins', 'assets']);
/** `deploy/prod/eu/compose.yml` is found, and the whole of a large repository is not searched. */
const DEPTH = 4;
const WORKLOAD = /^kind:[ \t]*["']?(?:Deployment|StatefulSet|DaemonSet|ReplicaSet|Pod|Job|CronJob)\b/m;
/**
 * Reads the compose files, Kubernetes manifests and env files of the repository. `undefined` when nothing in it says how
 * the image is run.
 */
async function readDeployment({ root, read, ignored, }) {
    const below = (0,lib_files/* listFiles */.CS)(root, layout/* layout */.Zp.docker).files.map((file) => `${layout/* layout */.Zp.docker}/${file}`);
    const named = (0,lib_files/* findFiles */.lY)(root, (name) => /\.ya?ml$/.test(name) || ENV_NAME.test(name), {
        depth: DEPTH,
        skips: NO_DEPLOYMENT,
    });
    const env = new Map();
    const envOf = (path) => {
        if (!env.has(path)) {
            const file = read(path);
            env.set(path, file && readEnvFile(file));
        }
        return env.get(path);
    };
    const dockerfile = read(layout/* layout */.Zp.dockerfile);
    const imageVariables = new Map(dockerfile && imageEnvironment(dockerfile));
    const candidates = [...new Set([...named, ...below])].filter((path) => /\.ya?ml$/.test(path));
    const found = candidates.flatMap((path) => {
        const file = LOCKFILE_NAME.test(path) ? undefined : read(path);
        if (!file)
            return [];
        if (isComposeFile(file))
            return { file, kind: 'compose' };
        return WORKLOAD.test(file.text) ? { file, kind: 'kubernetes' } : [];
    });
    // Git is asked only about files that stand where Tailchat has none.
    const elsewhere = found.map(({ file }) => file.path).filter((path) => !(0,workspace_container/* isUsualPlace */.uU)(path));
    const left = new Set(await ignored(elsewhere));
    const kept = found.filter(({ file }) => !left.has(file.path));
    const notRead = [];
    const files = [];
    for (const { file } of kept.filter(({ kind }) => kind === 'compose'))
        files.push(await readComposeFile(file, envOf, imageVariables));
    const manifests = kept.flatMap(({ file, kind }) => (kind === 'kubernetes' ? file : []));
    if (manifests.length > 0) {
        const kubernetes = await readManifests(manifests, imageVariables);
        (0,lists/* append */.B)(files, kubernetes.files.filter(({ services }) => services.length > 0));
        (0,lists/* append */.B)(notRead, kubernetes.notRead);
    }
    if (files.length === 0 && notRead.length === 0)
        return undefined;
    for (const path of [...named, ...below])
        if (ENV_NAME.test(path) && (0,workspace_container/* isUsualPlace */.uU)(path))
            envOf(path);
    const server = (0,lib_files/* listFiles */.CS)(root, layout/* layout */.Zp.serverServices).files;
    return {
        files,
        notRead,
        envFiles: [...env.values()].filter((file) => file !== undefined),
        serverServices: server
            .filter((file) => (0,service_loader/* loadedIn */.lB)(file) === 'production')
            .map((file) => (0,service_loader/* compiledPath */.pW)(`${layout/* layout */.Zp.serverServices}/${file}`)),
        serverDirectories: (0,lib_files/* listDirectories */.Sk)(root, layout/* layout */.Zp.server).names,
    };
}
const LOCKFILE_NAME = /(^|\/)pnpm-lock\.yaml$/;
/** In docker/ a compose file may have any name; Kubernetes manifests have no `services` at the top. */
function isComposeFile({ path, text }) {
    const isNamedSo = COMPOSE_NAME.test(external_node_path_.posix.basename(path)) || path.startsWith(`${layout/* layout */.Zp.docker}/`);
    return isNamedSo && /^\uFEFF?services\s*:/m.test(text);
}

;// CONCATENATED MODULE: ./.build/src/workspace/submodules.js

/** Reads the paths that .gitmodules names. */
function readSubmodules(file) {
    return [...file.text.matchAll(/^[ \t]*path[ \t]*=[ \t]*(\S.*)$/gm)].map(({ index, 0: line, 1: path = '' }) => ({
        path: path
            .trim()
            .replace(/^"(.*)"$/, '$1')
            .replace(/\/$/, ''),
        position: (0,lib_text/* positionAt */.t$)(file, index + line.length - path.length),
    }));
}

;// CONCATENATED MODULE: ./.build/src/workspace/read.js






















/**
 * Reads a Tailchat repository: each directory is walked once, each file read once. What cannot be read is listed
 * in `unreadable`, and the rest is still read.
 * @param directory path of the repository's root
 * @param build the Dockerfile and the context of the image's build, relative to the root
 * @param budget when it is spent, only the names of further plugins are returned (`notRead`)
 * @throws when `directory` is not a directory
 */
async function readWorkspace(directory, build = { dockerfile: layout/* layout */.Zp.dockerfile, context: '.' }, budget) {
    const root = realRoot(directory);
    const unreadable = [];
    const notRead = new Set();
    const reader = createReader(root, { unreadable, notRead });
    const plugins = [];
    const rootPackage = reader.json(layout/* layout */.Zp.rootPackageJson);
    const pluginsOnly = (!rootPackage || (0,install_list/* installListsIn */.wG)(rootPackage).length === 0) &&
        !layout/* tailchatFiles */.k1.some((file) => (0,external_node_fs_.existsSync)((0,external_node_path_.join)(root, file)));
    for (const parent of (0,layout/* pluginParents */.ZX)(pluginsOnly)) {
        const listing = (0,lib_files/* listDirectories */.Sk)(root, parent);
        for (const each of listing.unreadable)
            unreadable.push(each);
        for (const name of listing.names) {
            const plugin = budget?.isSpent()
                ? pluginNotRead(root, { parent, name, notRead: 'no time' })
                : await orNotRead(reader, { parent, name }, () => readPlugin(reader, parent, name));
            plugins.push(plugin);
        }
    }
    const submodules = missingSubmodules(reader, plugins);
    for (const { path } of submodules)
        plugins.splice(plugins.findIndex(({ directory }) => directory === path), 1);
    plugins.sort((a, b) => (0,lib_text/* compare */.UD)(a.name, b.name) || (0,lib_text/* compare */.UD)(a.directory, b.directory));
    const registry = reader.json(layout/* layout */.Zp.registryJson);
    const builtin = reader.text(layout/* layout */.Zp.builtinTs);
    const builtRegistry = reader.json(layout/* layout */.Zp.builtRegistryJson);
    const serviceBase = serviceBaseFor(reader, plugins);
    const list = await attempt(reader, layout/* layout */.Zp.builtinTs, async () => builtin && (0,registrations_builtin/* readBuiltinList */.U)(await (0,typescript/* loadTypeScriptParser */.xU)(), builtin));
    return {
        root,
        plugins,
        pluginsOnly,
        registry: registry && { ...registry, entries: registryEntries(registry.value) },
        rootPackage,
        installLists: pluginsOnly
            ? []
            : (0,install_list/* readInstallLists */.bJ)((path) => (path === rootPackage?.path ? rootPackage : reader.optional(path))),
        builtin: builtin && { ...builtin, list: list ?? { understood: false, reason: 'it cannot be read' } },
        frontendMinistarConfig: reader.text(layout/* layout */.Zp.frontendMinistarConfig),
        builtRegistry: builtRegistry && { ...builtRegistry, entries: registryEntries(builtRegistry.value) },
        dockerIgnore: dockerIgnoreFor(reader, build),
        compiler: readCompilerOptions(reader.optional, pluginsOnly),
        sharedModules: (await attempt(reader, layout/* layout */.Zp.loaderTs, () => sharedModulesFor(reader, plugins))) ?? new Map(),
        ...(serviceBase && { serviceBase }),
        installation: await (0,lockfile/* readInstallation */.Z_)(reader.lenient, rootPackage),
        deployment: await attempt(reader, layout/* layout */.Zp.docker, () => readDeployment({
            root,
            read: reader.optional,
            ignored: (paths) => (0,ignored/* ignoredByGit */.k)(root, paths),
        })),
        runtime: readRuntime(reader),
        ignored: await (0,ignored/* ignoredByGit */.k)(root, pluginPaths(plugins).filter(ignored/* mayBeIgnored */.j)),
        unreadable,
        notRead: [...notRead].sort(lib_text/* compare */.UD),
        misplacedPlugins: misplacedPlugins(root, pluginsOnly),
        missingSubmodules: submodules,
        misnamedDeclarations: (0,lib_files/* listFileNames */.Tl)(root, '.').find((name) => MISNAMED.test(name)),
    };
}
/** Names that are close to tailchat-plugins.yml: nothing reads such a file. */
const MISNAMED = /^tailchat[-_.]?plugins?\.(?:yaml|json|toml)$|^(?:tailchat-plugin|tailchat_plugins?|tailchatplugins?)\.yml$/i;
/** Directories that people mistake for those of plugins. */
const WRONG_PLACES = [
    'plugin',
    'server/plugin',
    'client/plugins',
    'client/web/plugin',
    'client/web/src/plugins',
];
function misplacedPlugins(root, pluginsOnly) {
    const places = [...WRONG_PLACES, ...(pluginsOnly ? [] : [layout/* layout */.Zp.ownPlugins])];
    return places.flatMap((place) => (0,lib_files/* listDirectories */.Sk)(root, place)
        .names.filter((name) => /^[a-z]\w*(?:\.[\w-]+){2,}$/i.test(name))
        .map((name) => ({ name, directory: `${place}/${name}` }))
        .filter(({ directory }) => ['manifest.json', 'package.json', 'services', 'web'].some((part) => (0,external_node_fs_.existsSync)((0,external_node_path_.join)(root, directory, part)))));
}
/** Returns the plugins whose directory is empty, since it is a git submodule that is not checked out. */
function missingSubmodules(reader, plugins) {
    const empty = plugins.filter(({ files }) => files.length === 0);
    const gitmodules = empty.length > 0 ? reader.optional('.gitmodules') : undefined;
    if (!gitmodules)
        return [];
    return readSubmodules(gitmodules).flatMap((submodule) => {
        const plugin = empty.find(({ directory }) => directory === submodule.path);
        return plugin ? [{ ...submodule, name: plugin.name }] : [];
    });
}
/** Reads what the image runs on, as far as the Dockerfile and server/package.json say. */
function readRuntime(reader) {
    const dockerfile = reader.optional(layout/* layout */.Zp.dockerfile);
    const base = dockerfile && (0,formats_dockerfile/* baseOfLastStage */.h)(dockerfile);
    const server = reader.optional(layout/* layout */.Zp.serverPackageJson);
    return {
        base: dockerfile && base && { ...base, position: (0,lib_text/* positionAt */.t$)(dockerfile, base.start) },
        setsTracing: dockerfile !== undefined && /\bDISABLE_TRACING\b/.test(dockerfile.text),
        moleculer: server && (0,formats_json/* stringAt */.bX)((0,formats_json/* parseJson */.qF)(server).value, 'dependencies', 'moleculer'),
    };
}
/** Returns what `read` returns; a failure is noted as unreadable, and the rest of the repository is still read. */
async function attempt(reader, path, read) {
    try {
        return await read();
    }
    catch (error) {
        reader.unreadable.push({ path, reason: `cannot be read (${(0,wording/* messageOf */.bD)(error)})` });
        return undefined;
    }
}
function createReader(root, { unreadable, notRead }, read = lib_files/* readRepositoryFile */.tz) {
    const text = (path, plugin) => {
        const result = read(root, path);
        const file = read_textOf(path, result);
        if ('reason' in result) {
            const position = file && result.inOtherEncoding && (0,lib_text/* positionAt */.t$)(file, result.inOtherEncoding.offset);
            unreadable.push({
                path,
                ...(plugin && { plugin }),
                reason: result.reason,
                ...(position && { position }),
            });
        }
        return file;
    };
    const json = (path, plugin) => {
        const file = text(path, plugin);
        return file && (0,formats_json/* parseJson */.qF)(file);
    };
    const lenient = (path) => {
        const result = read(root, path);
        if (!('reason' in result))
            return result;
        if (result.inOtherEncoding)
            return { text: result.inOtherEncoding.text };
        notRead.add(`${path} ${result.reason}`);
        return result;
    };
    const optional = (path) => read_textOf(path, lenient(path));
    return { root, unreadable, notRead, read, text, json, optional, lenient };
}
function read_textOf(path, result) {
    if ('text' in result)
        return { path, text: result.text };
    const other = 'reason' in result ? result.inOtherEncoding : undefined;
    return other && { path, text: other.text, isInOtherEncoding: true };
}
/**
 * Returns a plugin as `work` reads it. Any failure becomes a finding about that plugin, of which only the name, kind and
 * directory are known then, so that the others are still read.
 */
async function orNotRead({ root, unreadable }, { parent, name }, work) {
    try {
        return await work();
    }
    catch (error) {
        const path = `${parent}/${name}`;
        unreadable.push({ path, plugin: name, reason: `cannot be read (${(0,wording/* messageOf */.bD)(error)})` });
        return pluginNotRead(root, { parent, name, notRead: 'failed' });
    }
}
function pluginNotRead(root, { parent, name, notRead }) {
    const directory = `${parent}/${name}`;
    const isFullstack = (0,external_node_fs_.existsSync)((0,external_node_path_.join)(root, directory, 'web'));
    const kind = parent === layout/* layout */.Zp.frontendPlugins ? 'frontend' : isFullstack ? 'fullstack' : 'backend';
    const web = kind === 'backend' ? undefined : { directory };
    return {
        name,
        kind,
        directory,
        files: [],
        ...(web && { web }),
        packages: [],
        services: [],
        helpers: [],
        misplacedServices: [],
        sources: [],
        notRead,
    };
}
async function readPlugin(all, parent, name) {
    const directory = `${parent}/${name}`;
    const { files, dotDirectories, hasLinks, ...listing } = (0,lib_files/* listFiles */.CS)(all.root, directory);
    for (const each of listing.unreadable)
        all.unreadable.push({ ...each, plugin: name });
    const reader = createReader(all.root, all, hasLinks ? lib_files/* readRepositoryFile */.tz : lib_files/* readListedFile */.IK);
    const plugin = { name, directory, files };
    if (isFrontend(parent, files)) {
        const web = readWebPart(reader, { directory, plugin: name, files });
        return {
            name,
            kind: 'frontend',
            directory,
            files,
            web,
            packages: readPackages(reader, plugin, [web.packageJson]),
            services: [],
            helpers: [],
            misplacedServices: [],
            sources: readSources(reader, plugin),
        };
    }
    const kind = files.some((file) => file.startsWith('web/')) ? 'fullstack' : 'backend';
    const packageJson = files.includes('package.json')
        ? reader.json(`${directory}/package.json`, name)
        : undefined;
    const sources = readSources(reader, plugin);
    const ministarConfig = files.includes('.ministarrc.js')
        ? (sources.find(({ path }) => path === `${directory}/.ministarrc.js`) ??
            reader.text(`${directory}/.ministarrc.js`, name))
        : undefined;
    const web = kind === 'fullstack'
        ? readWebPart(reader, { directory: `${directory}/web/plugins/${name}`, plugin: name })
        : undefined;
    const services = await readServices(reader, plugin, sources);
    return {
        name,
        kind,
        directory,
        files,
        ...(packageJson && { packageJson }),
        ...(ministarConfig && { ministarConfig }),
        ...(web && { web }),
        packages: readPackages(reader, plugin, [packageJson, web?.packageJson]),
        services,
        helpers: await readHelpers({ directory, kind, sources }, services),
        misplacedServices: [
            ...sources.filter(({ path }) => !(0,server_code/* isCompiled */.w)(path.slice(directory.length + 1))),
            ...dotDirectories.flatMap((hidden) => readHiddenSources(reader, `${directory}/${hidden}`, name)),
        ]
            .filter((file) => resemblesServiceFile(file.path) && definesService(file))
            .map(({ path }) => path),
        sources,
    };
}
function isFrontend(parent, files) {
    if (parent !== layout/* layout */.Zp.ownPlugins)
        return parent === layout/* layout */.Zp.frontendPlugins;
    return files.includes('manifest.json') && !files.some((file) => file.startsWith('services/'));
}
/** @param files those of the directory, where they are known */
function readWebPart(reader, { directory, plugin, files }) {
    const json = (file) => files && !files.includes(file) ? undefined : reader.json(`${directory}/${file}`, plugin);
    const manifest = json('manifest.json');
    const packageJson = json('package.json');
    return { directory, ...(manifest && { manifest }), ...(packageJson && { packageJson }) };
}
/** Reads every package.json of a plugin, except those that are read already (`known`). */
function readPackages(reader, { name, directory, files }, known) {
    return files.flatMap((file) => {
        if (!/(^|\/)package\.json$/.test(file))
            return [];
        const path = `${directory}/${file}`;
        return known.find((each) => each?.path === path) ?? reader.json(path, name) ?? [];
    });
}
async function readServices(reader, { name, directory, files }, sources) {
    const services = [];
    for (const relative of files) {
        if (!(0,server_code/* isCompiled */.w)(relative))
            continue;
        const path = `${directory}/${relative}`;
        const isNamedSo = resemblesServiceFile(relative);
        if (!isNamedSo && !mayBeForgotten(relative))
            continue;
        const file = sources.find((each) => each.path === path) ?? (isNamedSo ? reader.text(path, name) : undefined);
        if (!file)
            continue;
        if (!isNamedSo && !(isWholeService(file) && !isImported(path, sources)))
            continue;
        // A helper such as lib/mailService.ts is named like a service: only the getter `serviceName` makes it one.
        const isHelper = !/\.service(\.dev)?\.[cm]?jsx?$/.test(relative) && !definesService(file);
        if ((0,service_loader/* loadedIn */.lB)(relative) === 'unloaded' && isHelper)
            continue;
        const sourceAt = (at) => sources.find((each) => each.path === at);
        services.push(readServiceFile(await (0,typescript/* loadTypeScriptParser */.xU)(), file, sourceAt));
    }
    return services;
}
/** Whether a file that is not named like a service may be one all the same, such as services/standup.ts. */
function mayBeForgotten(relative) {
    return (/\.tsx?$/.test(relative) &&
        !/\.d\.ts$|\.(?:spec|test)\.tsx?$|(?:^|\/)(?:tests?|__tests__)\//.test(relative));
}
/** Whether a file defines a service of its own, not a class for others to extend. */
function isWholeService(file) {
    if (!file.text.includes('extends TcService') || !definesService(file))
        return false;
    return /\bexport\s+default\b/.test(file.text) && !/\babstract\s+class\b/.test(file.text);
}
/** Whether another file of the plugin loads this one. */
function isImported(path, sources) {
    const stem = path.replace(/(?:\/index)?\.tsx?$/, '');
    const target = (file, specifier) => external_node_path_.posix.join(external_node_path_.posix.dirname(file.path), specifier).replace(/(?:\/index)?(?:\.[jt]sx?)?$/, '');
    return sources.some((file) => file.path !== path && (0,imports/* relativeImports */.Xj)(file).some(({ specifier }) => target(file, specifier) === stem));
}
async function readHelpers(code, services) {
    const helpers = [];
    for (const file of (0,server_code/* serverSources */.c)(code)) {
        if (!mayUse(file) || services.some(({ path }) => path === file.path))
            continue;
        const helper = readHelperFile(await (0,typescript/* loadTypeScriptParser */.xU)(), file);
        if (helper)
            helpers.push(helper);
    }
    return helpers;
}
function definesService({ text }) {
    return /\bget\s+serviceName\b/.test(text);
}
/** Reads the source files; one that can't be read as text is still compiled or bundled, but not checked. */
function readSources({ root, read, unreadable, notRead }, { name, directory, files }) {
    return files.flatMap((relative) => {
        if (!/\.[cm]?[jt]sx?$/.test(relative) || /\.d\.[cm]?ts$/.test(relative))
            return [];
        const path = `${directory}/${relative}`;
        const result = read(root, path);
        const file = read_textOf(path, result);
        if ('reason' in result) {
            const { reason, inOtherEncoding } = result;
            if (!file || !inOtherEncoding)
                notRead.add(`${path} ${reason}`);
            else {
                const position = (0,lib_text/* positionAt */.t$)(file, inOtherEncoding.offset);
                unreadable.push({ path, plugin: name, reason, position, isSource: true });
            }
        }
        return file ?? [];
    });
}
function readHiddenSources(reader, directory, name) {
    // Symbolic links in there have not been looked for yet.
    const given = { ...reader, read: lib_files/* readRepositoryFile */.tz };
    const files = (0,lib_files/* listFiles */.CS)(reader.root, directory).files.filter(resemblesServiceFile);
    return readSources(given, { name, directory, files });
}
/** Reads the shared modules if a plugin imports from them: parsing them takes much longer than that look. */
async function sharedModulesFor({ optional }, plugins) {
    const asks = plugins.some(({ sources }) => sources.some(({ text }) => text.includes('@capital/')));
    if (!asks)
        return new Map();
    return readSharedModules(await (0,typescript/* loadTypeScriptParser */.xU)(), optional);
}
/** Reads the SDK's base class if a service calls a method of it that may be new. */
function serviceBaseFor(reader, plugins) {
    const asks = plugins.some(({ services }) => services.some(({ surface }) => surface.unknownMethods.length > 0));
    return asks ? reader.text(layout/* layout */.Zp.serviceBase) : undefined;
}
/** Reads the Dockerfile's own `NAME.dockerignore`, or else that of the context, as BuildKit does. */
function dockerIgnoreFor(reader, { dockerfile, context }) {
    const file = reader.text(external_node_path_.posix.normalize(`${dockerfile}.dockerignore`)) ??
        reader.text(external_node_path_.posix.join(context, '.dockerignore'));
    if (!file)
        return undefined;
    const ignore = readDockerIgnore(file);
    const below = external_node_path_.posix.join(context, '/');
    if (below === './')
        return ignore;
    return {
        ...ignore,
        keepsOut: (path) => path.startsWith(below) && ignore.keepsOut(path.slice(below.length)),
    };
}
function pluginPaths(plugins) {
    return plugins.flatMap(({ directory, files }) => files.map((file) => `${directory}/${file}`));
}
function registryEntries(value) {
    if (!Array.isArray(value))
        return [];
    return value.map((entry, index) => ({
        index,
        name: (0,formats_json/* stringAt */.bX)((0,formats_json/* asObject */.eB)(entry), 'name'),
        url: (0,formats_json/* stringAt */.bX)((0,formats_json/* asObject */.eB)(entry), 'url'),
    }));
}
function realRoot(directory) {
    try {
        const root = external_node_fs_.realpathSync.native(directory);
        if ((0,external_node_fs_.statSync)(root).isDirectory())
            return root;
    }
    catch {
        // Reported below: a missing directory and an unreadable one get the same message.
    }
    throw new Error(`${directory} is not a directory that can be read`);
}


/***/ }),

/***/ 8464:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ke: () => (/* binding */ tailchatAround),
/* harmony export */   uQ: () => (/* binding */ whyNotHere)
/* harmony export */ });
/* unused harmony export isTailchat */
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6760);
/* harmony import */ var _lib_files_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(5312);
/* harmony import */ var _tailchat_layout_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(2876);




/** Other repositories may have a pnpm-workspace.yaml or a server/package.json: one of Tailchat's files is none. */
const ENOUGH = 2;
/** Whether a directory is the root of a Tailchat repository. */
function isTailchat(directory) {
    return _tailchat_layout_js__WEBPACK_IMPORTED_MODULE_3__/* .tailchatFiles */ .k1.filter((file) => (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(directory, file))).length >= ENOUGH;
}
/** The directories of Tailchat in which people work, and which hold no Tailchat themselves. */
const PARTS = new Set(['server', 'client', 'packages', 'apps', 'docker', 'website']);
/**
 * Finds the Tailchat repository that a directory is a part of.
 * @param directory absolute path
 * @returns its absolute path; `undefined` where the directory is a repository of its own, or in no Tailchat
 */
function tailchatAround(directory) {
    if (isTailchat(directory))
        return undefined;
    for (let below = directory; !(0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(below, '.git'));) {
        const above = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(below);
        if (above === below)
            return undefined;
        const [part = ''] = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.relative)(above, directory).split(node_path__WEBPACK_IMPORTED_MODULE_1__.sep);
        if (isTailchat(above))
            return PARTS.has(part) ? above : undefined;
        below = above;
    }
    return undefined;
}
/** A monorepo has its parts in `apps/tailchat` or `projects/chat/tailchat`. */
const DEPTH = 4;
/**
 * Finds the Tailchat repositories below a directory.
 * @returns their paths relative to it, with forward slashes, sorted
 */
function tailchatsBelow(directory) {
    const builtin = node_path__WEBPACK_IMPORTED_MODULE_1__.posix.basename(_tailchat_layout_js__WEBPACK_IMPORTED_MODULE_3__/* .layout */ .Zp.builtinTs);
    const depth = DEPTH + _tailchat_layout_js__WEBPACK_IMPORTED_MODULE_3__/* .layout */ .Zp.builtinTs.split('/').length;
    return (0,_lib_files_js__WEBPACK_IMPORTED_MODULE_2__/* .findFiles */ .lY)(directory, (name) => name === builtin, { depth, skips: new Set(['dist', 'plugins']) })
        .filter((file) => file.endsWith(`/${_tailchat_layout_js__WEBPACK_IMPORTED_MODULE_3__/* .layout */ .Zp.builtinTs}`))
        .map((file) => file.slice(0, -_tailchat_layout_js__WEBPACK_IMPORTED_MODULE_3__/* .layout */ .Zp.builtinTs.length - 1));
}
/**
 * Says why a directory can't be checked: it is a part of a Tailchat, or holds neither Tailchat nor plugins. Both look
 * like a repository without a mistake.
 * @param root absolute path of the directory
 * @param options.path the same as the user named it, for the advice
 * @param options.hasPlugins whether plugins were found in it
 * @returns what is wrong and what to do; `undefined` where there is something to check
 */
function whyNotHere(root, { path, hasPlugins }) {
    const shown = JSON.stringify(path);
    const around = tailchatAround(root);
    if (around !== undefined)
        return `${shown} is a part of a Tailchat repository: set path to ${fromHere(path, (0,node_path__WEBPACK_IMPORTED_MODULE_1__.relative)(root, around))}, its root`;
    if (isArchived(root))
        return `${shown} has the layout of the archived repository tailchat-server (services/ and plugins/ at the root), which today's Tailchat does not read: move the plugins to server/plugins/ of msgbyte/tailchat, or into a repository that holds plugins/ only`;
    if (hasPlugins || isTailchat(root))
        return undefined;
    const below = tailchatsBelow(root);
    const advice = below.length > 0
        ? `Tailchat is in ${below.join(' and ')}: set path to ${fromHere(path, below[0] ?? '')}`
        : `a Tailchat repository has ${_tailchat_layout_js__WEBPACK_IMPORTED_MODULE_3__/* .layout */ .Zp.frontendPlugins}/ and ${_tailchat_layout_js__WEBPACK_IMPORTED_MODULE_3__/* .layout */ .Zp.serverPlugins}/, and a repository of plugins has ${_tailchat_layout_js__WEBPACK_IMPORTED_MODULE_3__/* .layout */ .Zp.ownPlugins}/NAME/: set path to its root, and check that the step before checked it out`;
    return `${shown} holds neither Tailchat nor plugins; ${advice}`;
}
function fromHere(path, way) {
    return node_path__WEBPACK_IMPORTED_MODULE_1__.posix.join(path.split(node_path__WEBPACK_IMPORTED_MODULE_1__.sep).join('/'), way.split(node_path__WEBPACK_IMPORTED_MODULE_1__.sep).join('/')).replace(/\/$/, '') || '.';
}
function isArchived(root) {
    const has = (path) => (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, path));
    return has('services/core') && has('plugins') && has('moleculer.config.ts') && !has(_tailchat_layout_js__WEBPACK_IMPORTED_MODULE_3__/* .layout */ .Zp.server);
}


/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId].call(module.exports, module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/******/ // expose the modules object (__webpack_modules__)
/******/ __nccwpck_require__.m = __webpack_modules__;
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/async module */
/******/ (() => {
/******/ 	var webpackQueues = typeof Symbol === "function" ? Symbol("webpack queues") : "__webpack_queues__";
/******/ 	var webpackExports = typeof Symbol === "function" ? Symbol("webpack exports") : "__webpack_exports__";
/******/ 	var webpackError = typeof Symbol === "function" ? Symbol("webpack error") : "__webpack_error__";
/******/ 	var resolveQueue = (queue) => {
/******/ 		if(queue && queue.d < 1) {
/******/ 			queue.d = 1;
/******/ 			queue.forEach((fn) => (fn.r--));
/******/ 			queue.forEach((fn) => (fn.r-- ? fn.r++ : fn()));
/******/ 		}
/******/ 	}
/******/ 	var wrapDeps = (deps) => (deps.map((dep) => {
/******/ 		if(dep !== null && typeof dep === "object") {
/******/ 			if(dep[webpackQueues]) return dep;
/******/ 			if(dep.then) {
/******/ 				var queue = [];
/******/ 				queue.d = 0;
/******/ 				dep.then((r) => {
/******/ 					obj[webpackExports] = r;
/******/ 					resolveQueue(queue);
/******/ 				}, (e) => {
/******/ 					obj[webpackError] = e;
/******/ 					resolveQueue(queue);
/******/ 				});
/******/ 				var obj = {};
/******/ 				obj[webpackQueues] = (fn) => (fn(queue));
/******/ 				return obj;
/******/ 			}
/******/ 		}
/******/ 		var ret = {};
/******/ 		ret[webpackQueues] = x => {};
/******/ 		ret[webpackExports] = dep;
/******/ 		return ret;
/******/ 	}));
/******/ 	__nccwpck_require__.a = (module, body, hasAwait) => {
/******/ 		var queue;
/******/ 		hasAwait && ((queue = []).d = -1);
/******/ 		var depQueues = new Set();
/******/ 		var exports = module.exports;
/******/ 		var currentDeps;
/******/ 		var outerResolve;
/******/ 		var reject;
/******/ 		var promise = new Promise((resolve, rej) => {
/******/ 			reject = rej;
/******/ 			outerResolve = resolve;
/******/ 		});
/******/ 		promise[webpackExports] = exports;
/******/ 		promise[webpackQueues] = (fn) => (queue && fn(queue), depQueues.forEach(fn), promise["catch"](x => {}));
/******/ 		module.exports = promise;
/******/ 		body((deps) => {
/******/ 			currentDeps = wrapDeps(deps);
/******/ 			var fn;
/******/ 			var getResult = () => (currentDeps.map((d) => {
/******/ 				if(d[webpackError]) throw d[webpackError];
/******/ 				return d[webpackExports];
/******/ 			}))
/******/ 			var promise = new Promise((resolve) => {
/******/ 				fn = () => (resolve(getResult));
/******/ 				fn.r = 0;
/******/ 				var fnQueue = (q) => (q !== queue && !depQueues.has(q) && (depQueues.add(q), q && !q.d && (fn.r++, q.push(fn))));
/******/ 				currentDeps.map((dep) => (dep[webpackQueues](fnQueue)));
/******/ 			});
/******/ 			return fn.r ? promise : getResult();
/******/ 		}, (err) => ((err ? reject(promise[webpackError] = err) : outerResolve(exports)), resolveQueue(queue)));
/******/ 		queue && queue.d < 0 && (queue.d = 0);
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/create fake namespace object */
/******/ (() => {
/******/ 	var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 	var leafPrototypes;
/******/ 	// create a fake namespace object
/******/ 	// mode & 1: value is a module id, require it
/******/ 	// mode & 2: merge all properties of value into the ns
/******/ 	// mode & 4: return value when already ns object
/******/ 	// mode & 16: return value when it's Promise-like
/******/ 	// mode & 8|1: behave like require
/******/ 	__nccwpck_require__.t = function(value, mode) {
/******/ 		if(mode & 1) value = this(value);
/******/ 		if(mode & 8) return value;
/******/ 		if(typeof value === 'object' && value) {
/******/ 			if((mode & 4) && value.__esModule) return value;
/******/ 			if((mode & 16) && typeof value.then === 'function') return value;
/******/ 		}
/******/ 		var ns = Object.create(null);
/******/ 		__nccwpck_require__.r(ns);
/******/ 		var def = {};
/******/ 		leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 		for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 			Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 		}
/******/ 		def['default'] = () => (value);
/******/ 		__nccwpck_require__.d(ns, def);
/******/ 		return ns;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/ensure chunk */
/******/ (() => {
/******/ 	__nccwpck_require__.f = {};
/******/ 	// This file contains only the entry chunk.
/******/ 	// The chunk loading function for additional chunks
/******/ 	__nccwpck_require__.e = (chunkId) => {
/******/ 		return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 			__nccwpck_require__.f[key](chunkId, promises);
/******/ 			return promises;
/******/ 		}, []));
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/get javascript chunk filename */
/******/ (() => {
/******/ 	// This function allow to reference async chunks
/******/ 	__nccwpck_require__.u = (chunkId) => {
/******/ 		// return url for filenames based on template
/******/ 		return "" + chunkId + ".index.js";
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/import chunk loading */
/******/ (() => {
/******/ 	// no baseURI
/******/ 	
/******/ 	// object to store loaded and loading chunks
/******/ 	// undefined = chunk not loaded, null = chunk preloaded/prefetched
/******/ 	// [resolve, Promise] = chunk loading, 0 = chunk loaded
/******/ 	var installedChunks = {
/******/ 		792: 0
/******/ 	};
/******/ 	
/******/ 	var installChunk = (data) => {
/******/ 		var {ids, modules, runtime} = data;
/******/ 		// add "modules" to the modules object,
/******/ 		// then flag all "ids" as loaded and fire callback
/******/ 		var moduleId, chunkId, i = 0;
/******/ 		for(moduleId in modules) {
/******/ 			if(__nccwpck_require__.o(modules, moduleId)) {
/******/ 				__nccwpck_require__.m[moduleId] = modules[moduleId];
/******/ 			}
/******/ 		}
/******/ 		if(runtime) runtime(__nccwpck_require__);
/******/ 		for(;i < ids.length; i++) {
/******/ 			chunkId = ids[i];
/******/ 			if(__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
/******/ 				installedChunks[chunkId][0]();
/******/ 			}
/******/ 			installedChunks[ids[i]] = 0;
/******/ 		}
/******/ 	
/******/ 	}
/******/ 	
/******/ 	__nccwpck_require__.f.j = (chunkId, promises) => {
/******/ 			// import() chunk loading for javascript
/******/ 			var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
/******/ 			if(installedChunkData !== 0) { // 0 means "already installed".
/******/ 	
/******/ 				// a Promise means "currently loading".
/******/ 				if(installedChunkData) {
/******/ 					promises.push(installedChunkData[1]);
/******/ 				} else {
/******/ 					if(true) { // all chunks have JS
/******/ 						// setup Promise in chunk cache
/******/ 						var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
/******/ 							if(installedChunks[chunkId] !== 0) installedChunks[chunkId] = undefined;
/******/ 							throw e;
/******/ 						});
/******/ 						var promise = Promise.race([promise, new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve]))])
/******/ 						promises.push(installedChunkData[1] = promise);
/******/ 					}
/******/ 				}
/******/ 			}
/******/ 	};
/******/ 	
/******/ 	// no prefetching
/******/ 	
/******/ 	// no preloaded
/******/ 	
/******/ 	// no external install chunk
/******/ 	
/******/ 	// no on chunks loaded
/******/ })();
/******/ 
/************************************************************************/
/******/ 
/******/ // startup
/******/ // Load entry module and return exports
/******/ // This entry module used 'module' so it can't be inlined
/******/ var __webpack_exports__ = __nccwpck_require__(5433);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
