// What is fetched only when somebody wants a file that is made of text.
export { kerasTexts } from './keras-config';
export { notebookOf, scriptOf } from './script';
