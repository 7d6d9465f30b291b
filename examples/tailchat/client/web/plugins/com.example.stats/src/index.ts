import { createPluginRequest } from '@capital/common';

const { post } = createPluginRequest('com.example.audit');

post('record', { what: 'page view' });
