import path from 'path';
import { Runner } from 'moleculer';

/**
 * Moleculer's runner takes one directory in SERVICEDIR. Tailchat patches it to take several: split at commas, and
 * not trimmed, so that ` plugins` after a comma names no directory and loads nothing, silently.
 *
 * The rest is Moleculer's: without SERVICES, every `*.service.js` below the directory; with SERVICES, the files that
 * its patterns find, relative to the directory.
 */
export class TailchatRunner extends Runner {
  override loadServices() {
    const list = process.env.SERVICEDIR;

    if (!list) {
      return super.loadServices();
    }

    for (const directory of list.split(',')) {
      process.env.SERVICEDIR = path.resolve(directory);
      super.loadServices();
    }

    process.env.SERVICEDIR = list;
  }
}
