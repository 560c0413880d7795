using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Kql.Syntax;

/// <summary>A scalar expression as written; <paramref name="Position"/> is where errors about it point.</summary>
internal abstract record ExpressionSyntax(int Position);

/// <summary>A literal: its value as <see cref="Vector.GetValue"/> would give it (ticks for datetime and timespan), null for a typed null.</summary>
internal sealed record LiteralSyntax(int Position, KustoType Type, object? Value) : ExpressionSyntax(Position);

/// <summary>A name: a column or a variable.</summary>
internal sealed record NameSyntax(int Position, string Name) : ExpressionSyntax(Position);

/// <summary><c>*</c>, as in <c>arg_max(t, *)</c>.</summary>
internal sealed record StarSyntax(int Position) : ExpressionSyntax(Position);

/// <summary><c>target.name</c>.</summary>
internal sealed record PathSyntax(int Position, ExpressionSyntax Target, string Name) : ExpressionSyntax(Position);

/// <summary><c>target[index]</c>.</summary>
internal sealed record IndexSyntax(int Position, ExpressionSyntax Target, ExpressionSyntax Index) : ExpressionSyntax(Position);

/// <summary><c>name(arguments)</c>.</summary>
internal sealed record CallSyntax(int Position, string Name, IReadOnlyList<ExpressionSyntax> Arguments) : ExpressionSyntax(Position);

/// <summary><c>typeof(long)</c>.</summary>
internal sealed record TypeOfSyntax(int Position, KustoType Type) : ExpressionSyntax(Position);

/// <summary><c>name = expression</c> among the arguments of a function, as in <c>arg_max(t, latest = x)</c>.</summary>
internal sealed record NamedArgumentSyntax(int Position, string Name, ExpressionSyntax Value) : ExpressionSyntax(Position);

/// <summary>A sign in front.</summary>
internal sealed record UnarySyntax(int Position, string Operator, ExpressionSyntax Operand) : ExpressionSyntax(Position);

/// <summary>Two operands; the position is the operator's.</summary>
internal sealed record BinarySyntax(int Position, string Operator, ExpressionSyntax Left, ExpressionSyntax Right) : ExpressionSyntax(Position);

/// <summary><c>left in (…)</c> and its kin, <c>has_any</c> and <c>has_all</c> too; the position is the operator's.</summary>
internal sealed record ListSyntax(int Position, string Operator, ExpressionSyntax Left, IReadOnlyList<ExpressionSyntax> Items) : ExpressionSyntax(Position);

/// <summary><c>left between (low .. high)</c>; the position is the operator's.</summary>
internal sealed record BetweenSyntax(int Position, bool Negated, ExpressionSyntax Left, ExpressionSyntax Low, ExpressionSyntax High) : ExpressionSyntax(Position);

/// <summary>A tabular expression where a value or a list of values is expected: <c>x in (T | project y)</c>, <c>toscalar(T | count)</c>.</summary>
internal sealed record SubquerySyntax(int Position, PipelineSyntax Pipeline) : ExpressionSyntax(Position);
