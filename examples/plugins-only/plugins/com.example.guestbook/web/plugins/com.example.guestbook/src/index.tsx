import React from 'react';
import { createPluginRequest } from '@capital/common';
import { Button } from '@capital/component';

const { post } = createPluginRequest('com.example.guestbook');

export const Sign = () => (
  <Button onClick={() => post('sign', { name: 'Somebody' })}>Sign</Button>
);
