import React from 'react';

export const Badge = () => <span>★</span>;
