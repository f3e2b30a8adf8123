"""The reply to the customer, and the papers that go with it."""
