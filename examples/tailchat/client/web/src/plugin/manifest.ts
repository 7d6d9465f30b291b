/**
 * What the application knows of a plugin before it loads it
 */
export interface PluginManifest {
  label: string;
  name: string;
  url: string;
  icon?: string;
  version: string;
  author: string;
  description: string;
  documentUrl?: string;
  requireRestart: boolean;
}
