import { showToasts } from '@capital/common';
import './theme.css';

document.documentElement.classList.add('theme-example');
showToasts('The theme is on');
