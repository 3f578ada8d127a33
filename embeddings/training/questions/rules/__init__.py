"""Questions on laws, policy notices, tenders and rules of institutions."""
