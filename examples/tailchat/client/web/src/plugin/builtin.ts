import type { PluginManifest } from './manifest';
import _compact from 'lodash/compact';

const isDemo = location.hostname === 'demo.example.com';

/**
 * Built-in plugins
 *
 * Every user has these, without installing them
 */
export const builtinPlugins: PluginManifest[] = _compact([
  {
    label: 'Intro',
    name: 'com.example.intro',
    url: '/plugins/com.example.intro/index.js',
    version: '1.0.0',
    author: 'example',
    description: 'Greets a new user',
    requireRestart: true,
  },
  {
    label: 'Polls',
    name: 'com.example.polls',
    url: '{BACKEND}/plugins/com.example.polls/index.js',
    icon: '{BACKEND}/plugins/com.example.polls/assets/icon.svg',
    version: '1.0.0',
    author: 'example',
    description: 'Ask a group a question and count the answers',
    requireRestart: true,
  },

  // only where the demo runs
  isDemo && {
    label: 'Stats',
    name: 'com.example.stats',
    url: '/plugins/com.example.stats/index.js',
    version: '1.0.0',
    author: 'example',
    description: 'Counts page views on the demo server',
    requireRestart: true,
  },
]);
