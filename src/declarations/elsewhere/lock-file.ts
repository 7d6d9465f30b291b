/**
 * The file that names the plugins from elsewhere and the digest of their files, relative to the repository's root. It has a
 * module of its own, so that a check of a repository without it loads no parser for it.
 */
export const LOCK_FILE = 'tailchat-plugins.lock'
