import './parts/valid-language';
import { mount } from 'svelte';
import App from './App.svelte';
import './style/base.css';

const target = document.getElementById('page');
if (!target) throw new Error('index.html has no #page');
mount(App, { target });
