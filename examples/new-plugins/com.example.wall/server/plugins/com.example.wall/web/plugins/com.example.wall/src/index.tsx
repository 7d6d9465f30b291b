import React from 'react';
import { createPluginRequest } from '@capital/common';
import { Button } from '@capital/component';

const { post } = createPluginRequest('com.example.wall');

export const Wall = () => (
  <Button onClick={() => post('post', { text: 'Hello' })}>Post a note</Button>
);
