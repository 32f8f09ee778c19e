'use strict';

/** Text is only ever set as text: nothing in the document becomes markup. */
function element(name, text, ...children) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  made.append(...children);
  return made;
}

function table(rows) {
  return element('table', '', ...rows.map(cells => element('tr', '', ...cells.map((cell, i) =>
    i === 0 ? element('td', '', element('code', cell)) : element('td', cell)))));
}

function quoted(text) {
  return "'" + text.replaceAll("'", "'\\''") + "'";
}

function curl(method, tried) {
  const words = ['curl', '-i'];
  if (method === 'head') words.push('--head');
  else if (method !== 'get') words.push('-X', method.toUpperCase());
  words.push(quoted(location.origin + tried.path));
  for (const [name, value] of Object.entries(tried.headers || {})) words.push('-H', quoted(name + ': ' + value));
  if (tried.body !== undefined) words.push('--data-binary', quoted(tried.body));
  return words.join(' ') + '    # ' + tried.status;
}

function typeOf(schema) {
  if (schema.$ref) return schema.$ref.split('/').pop();
  if (schema.oneOf) return schema.oneOf.map(typeOf).join(' or ');
  if (schema.enum) return schema.enum.join(', ');
  if (schema.items) return 'array of ' + typeOf(schema.items);
  return [schema.const || schema.type].flat().join(' or ');
}

function show(api) {
  const resolved = thing => thing.$ref ? thing.$ref.split('/').slice(1).reduce((at, step) => at[step], api) : thing;
  const nav = document.querySelector('nav');
  const main = document.querySelector('main');
  for (const [path, item] of Object.entries(api.paths)) {
    for (const [method, operation] of Object.entries(item).filter(([name]) => name !== 'parameters')) {
      const title = method.toUpperCase() + ' ' + path;
      const link = element('a', title);
      link.href = '#' + operation.operationId;
      nav.append(link);
      const section = element('section', '', element('h2', '', element('code', title)), element('p', operation.summary + '. ' + (operation.description || '')));
      section.id = operation.operationId;
      const parameters = [...(item.parameters || []), ...(operation.parameters || [])].map(resolved);
      if (parameters.length) section.append(element('h3', 'Parameters'), table(parameters.map(parameter =>
        [parameter.name, parameter.in, typeOf(parameter.schema), parameter.description])));
      section.append(element('h3', 'Answers'), table(Object.entries(operation.responses).map(([status, answer]) =>
        [status, Object.values(resolved(answer).content || {}).slice(0, 1).map(content => typeOf(content.schema)).join(''), resolved(answer).description])));
      section.append(element('h3', 'Tried by the build, in this order'), element('pre', operation['x-tried'].map(tried => curl(method, tried)).join('\n')));
      main.append(section);
    }
  }
  for (const [name, schema] of Object.entries(api.components.schemas)) {
    const section = element('section', '', element('h2', '', element('code', name)), element('p', schema.description));
    if (schema.properties) section.append(table(Object.entries(schema.properties).map(([property, type]) =>
      [property + (schema.required.includes(property) ? '' : '?'), typeOf(type), resolved(type).description || ''])));
    else section.append(element('p', typeOf(schema)));
    main.append(section);
  }
}

fetch('api-docs').then(answer => answer.json()).then(show)
  .catch(() => document.querySelector('main').append(element('p', 'The document could not be loaded.')));
