import { createElement } from 'react';

/**
 * `@capital/component`: the application's components that plugins may use
 */
export function Button(props: { children: string; onClick: () => void }) {
  return createElement('button', { onClick: props.onClick }, props.children);
}
