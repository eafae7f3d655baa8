//! stub until merged
