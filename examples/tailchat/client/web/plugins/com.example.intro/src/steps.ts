export const steps = ['Find a group', 'Say hello'];
