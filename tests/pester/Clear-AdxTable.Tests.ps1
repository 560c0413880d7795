# Emptying tables.

BeforeDiscovery {
    $parameters = @(
        @{ Parameter = 'Name'; Form = 'String[], mandatory, position 0, from pipeline' }
        @{ Parameter = 'PassThru'; Form = 'SwitchParameter' }
        @{ Parameter = 'Connection'; Form = 'AdxConnection' }
        @{ Parameter = 'Database'; Form = 'String, by name' }
    )
}

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    . $PSScriptRoot/ParameterForm.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $null = Connect-Adx -Local
    $null = New-AdxTable Full 'a:long'
    $null = New-AdxTable Other 'a:long'
}

AfterAll {
    Stop-AdxLocal
}

Describe 'The parameters of Clear-AdxTable' {
    It '<Parameter> is: <Form>' -ForEach $parameters {
        Get-ParameterForm Clear-AdxTable $Parameter '*' | Should -BeExactly $Form
    }

    It 'asks before it clears, unless told otherwise' {
        Get-LocalRequest { Get-Failure { Clear-AdxTable Full } } | Should -BeNullOrEmpty -Because 'nobody is there to answer'
    }
}

Describe 'Clear-AdxTable' {
    BeforeEach {
        $null = 1..3 | ForEach-Object { [pscustomobject]@{ a = $_ } } | Send-AdxData Full -Wait
        $null = [pscustomobject]@{ a = 1 } | Send-AdxData Other -Wait
    }

    It 'deletes the rows, leaves the table and writes nothing' {
        (Get-AdxTable Full -Detailed).RowCount | Should -BeGreaterThan 0
        Clear-AdxTable Full -Confirm:$false *>&1 | Should -BeNullOrEmpty
        $table = Get-AdxTable Full -Detailed
        $table.RowCount | Should -Be 0
        $table.Columns.Name | Should -BeExactly 'a'
        (Get-AdxTable Other -Detailed).RowCount | Should -BeGreaterThan 0
    }

    It 'writes the empty table with -PassThru' {
        $table = Clear-AdxTable Full -Confirm:$false -PassThru
        $table | Should -BeOfType 'AdxFlow.AdxTable'
        $table.RowCount | Should -Be 0
    }

    It 'clears what Get-AdxTable found' {
        $tables = Get-AdxTable | Clear-AdxTable -Confirm:$false -PassThru
        $tables.Name | Should -BeExactly 'Full', 'Other'
        $tables.RowCount | Should -Be 0, 0
    }

    It 'says of a table that it is missing, and goes on with the next' {
        Clear-AdxTable Missing, Full -Confirm:$false -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AdxTableNotFound,*'
        $failures[0].TargetObject | Should -BeExactly 'Missing'
        (Get-AdxTable Full -Detailed).RowCount | Should -Be 0
    }

    It 'ends with -ErrorAction Stop' {
        (Get-Failure { Clear-AdxTable Missing, Full -Confirm:$false -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'AdxTableNotFound,*'
        (Get-AdxTable Full -Detailed).RowCount | Should -BeGreaterThan 0
    }

    It 'is refused to who may not, with the role that it takes' {
        $stranger = Connect-Adx -Local -Principal 'aaduser=stranger@contoso.com'
        $null = Connect-Adx -Local
        $failure = Get-Failure { Clear-AdxTable Full -Connection $stranger -Confirm:$false -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxForbidden,*'
        $failure.Exception.Message | Should -BeLike "*needs the role Admin on table 'Full'*"
    }
}
