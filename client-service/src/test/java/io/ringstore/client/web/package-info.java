@NullMarked
package io.ringstore.client.web;

import org.jspecify.annotations.NullMarked;
