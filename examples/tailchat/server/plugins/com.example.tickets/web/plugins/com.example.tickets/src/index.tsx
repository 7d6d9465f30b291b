import React from 'react';
import { createPluginRequest } from '@capital/common';
import { Button } from '@capital/component';

const { post } = createPluginRequest('com.example.tickets');

export const NewTicket = () => (
  <Button onClick={() => post('create', { title: 'Untitled' })}>
    New ticket
  </Button>
);
