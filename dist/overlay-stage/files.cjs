'use strict'
// The file operations of the build stage.

const fs = require('fs')
const path = require('path')

/** Tells whether a path exists; the target of a broken link does not. */
function exists(file) {
  return fs.existsSync(file)
}

function isDirectory(file) {
  const stat = fs.lstatSync(file, { throwIfNoEntry: false })
  return stat !== undefined && stat.isDirectory()
}

/** Removes a plugin's files and keeps its node_modules directories, at every depth. */
function clearSources(directory) {
  if (!isDirectory(directory)) return
  for (const entry of fs.readdirSync(directory, { withFileTypes: true })) {
    if (entry.name === 'node_modules') continue
    const file = path.join(directory, entry.name)
    if (!entry.isDirectory()) fs.unlinkSync(file)
    else {
      clearSources(file)
      if (fs.readdirSync(file).length === 0) fs.rmdirSync(file)
    }
  }
}

/** Copies a file, a link or a whole directory, with owners and modes, over whatever exists there. */
function copyTree(from, to) {
  const stat = fs.lstatSync(from)
  if (stat.isSymbolicLink()) {
    fs.mkdirSync(path.dirname(to), { recursive: true })
    fs.symlinkSync(fs.readlinkSync(from), to)
  } else if (stat.isDirectory()) {
    fs.mkdirSync(to, { recursive: true })
    for (const name of fs.readdirSync(from).sort()) copyTree(path.join(from, name), path.join(to, name))
    fs.chmodSync(to, stat.mode)
  } else {
    fs.mkdirSync(path.dirname(to), { recursive: true })
    fs.copyFileSync(from, to)
    fs.chmodSync(to, stat.mode)
  }
  fs.lchownSync(to, stat.uid, stat.gid)
}

/** The two trees that the final stage copies; paths are those in the image. */
function createLayer(directory) {
  const hide = path.join(directory, 'hide')
  const layer = path.join(directory, 'layer')
  for (const each of [hide, layer]) fs.mkdirSync(each)

  /** Returns the place of a path in one of the trees; its parent directories get the modes and owners of the image. */
  const placeIn = (tree, target) => {
    const place = path.join(tree, target)
    makeParents(tree, path.dirname(target))
    return place
  }
  const makeParents = (tree, target) => {
    const place = path.join(tree, target)
    if (target === path.dirname(target) || exists(place)) return
    makeParents(tree, path.dirname(target))
    fs.mkdirSync(place)
    const original = fs.statSync(target, { throwIfNoEntry: false })
    if (!original) return
    fs.chmodSync(place, original.mode)
    fs.chownSync(place, original.uid, original.gid)
  }
  const self = {
    /** Hides a path of the base image. */
    hide(target) {
      if (exists(target)) fs.writeFileSync(placeIn(hide, target), '')
    },
    /** Hides the content of a directory, which may then be filled. */
    replace(target) {
      self.hide(target)
    },
    /** Hides everything in a directory but these names. */
    keepOnly(parent, names) {
      if (!isDirectory(parent)) return
      for (const entry of fs.readdirSync(parent, { withFileTypes: true }))
        if (entry.isDirectory() && !names.includes(entry.name)) self.hide(path.join(parent, entry.name))
    },
    copy(from, target) {
      if (exists(from)) copyTree(from, placeIn(layer, target))
    },
    link(to, target) {
      fs.symlinkSync(to, placeIn(layer, target))
    },
    write(target, text) {
      fs.writeFileSync(placeIn(layer, target), text)
    },
    /** Sets all times, so that the same content gives the same layers whenever it is built. */
    finish(epochSeconds) {
      for (const each of [hide, layer]) setTimes(each, epochSeconds)
    },
  }
  return self
}

function setTimes(file, seconds) {
  if (isDirectory(file)) for (const name of fs.readdirSync(file)) setTimes(path.join(file, name), seconds)
  fs.lutimesSync(file, seconds, seconds)
}

module.exports = { clearSources, copyTree, createLayer, exists, isDirectory }
