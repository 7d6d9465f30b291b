import React from 'react';
import { showToasts } from '@capital/common';
import { Button } from '@capital/component';

export const Intro = () => (
  <Button onClick={() => showToasts('Welcome')}>Start the tour</Button>
);

// A chunk of its own, loaded when it is needed
import('./steps').then(({ steps }) => showToasts(steps.join(' → ')));
