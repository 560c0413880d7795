namespace AdxFlow.Local.Kql.Expressions;

/// <summary>An operation on two values, as a type: the compiler then makes one loop per operation, without a call per row.</summary>
internal interface IBinaryOperation<TA, TB, TR>
{
    static abstract TR Apply(TA a, TB b);
}
