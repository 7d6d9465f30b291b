import { createPluginRequest } from '@capital/common';

const { post } = createPluginRequest('com.example.polls');

export const vote = (choice: string) => post('vote', { choice });
