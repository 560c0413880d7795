# Management commands: rows as objects, and nothing changed by -WhatIf.

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    . $PSScriptRoot/ParameterForm.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $null = Connect-Adx -Local
    $null = New-AdxTable Kept 'a:long'
}

AfterAll {
    Stop-AdxLocal
}

Describe 'The parameters of Invoke-AdxCommand' {
    It '<Parameter> is: <Form>' -ForEach @(
        @{ Parameter = 'Command'; Form = 'String, mandatory, position 0, from pipeline' }
        @{ Parameter = 'Timeout'; Form = 'TimeSpan' }
        @{ Parameter = 'Option'; Form = 'Hashtable' }
        @{ Parameter = 'As'; Form = 'AdxResultForm' }
        @{ Parameter = 'Connection'; Form = 'AdxConnection' }
        @{ Parameter = 'Database'; Form = 'String' }
    ) {
        Get-ParameterForm Invoke-AdxCommand $Parameter '*' | Should -BeExactly $Form
    }
}

Describe 'Invoke-AdxCommand' {
    It 'writes rows as objects' {
        $tables = Invoke-AdxCommand '.show tables'
        $tables | Should -BeOfType 'PSCustomObject'
        $tables.TableName | Should -Contain 'Kept'
    }

    It 'runs each command of the pipeline' {
        $null = '.create table One (a:long)', '.create table Two (a:long)' | Invoke-AdxCommand
        (Get-AdxTable One, Two).Name | Should -BeExactly 'One', 'Two'
    }

    It 'changes nothing with -WhatIf, however it is written: <_>' -ForEach '.drop table Kept', "  .DROP table Kept", "// .show`n.drop table Kept", '.clear table Kept data' {
        Get-LocalRequest { Invoke-AdxCommand $_ -WhatIf } | Should -BeNullOrEmpty
        (Get-AdxTable Kept).Name | Should -BeExactly 'Kept'
    }

    It 'tells what it is about to do without what stands in an obfuscated literal' {
        $told = & { try { Invoke-AdxCommand ".ingest into table Kept (h'http://127.0.0.1:9/c/b;k3y')" -Verbose } catch { $null = $_ } } 4>&1
        "$told" | Should -Match 'ingest into table Kept'
        "$told" | Should -Not -Match 'k3y'
    }

    It 'shows with -WhatIf too, as nothing is changed by it' {
        (Invoke-AdxCommand '.show tables' -WhatIf).TableName | Should -Contain 'Kept'
    }

    It 'says what the service says of a syntax error' {
        $failure = Get-Failure { Invoke-AdxCommand '.create table (' }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxCommandFailed,*'
        $failure.CategoryInfo.Category | Should -Be 'InvalidArgument'
        $failure.TargetObject | Should -BeExactly '.create table ('
    }

    It 'says that a table is missing' {
        $failure = Get-Failure { Invoke-AdxCommand '.drop table Missing' }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxTableNotFound,*'
        $failure.CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }

    It 'goes to a database that is not there' {
        (Get-Failure { Invoke-AdxCommand '.show tables' -Database NoSuchDatabase }).FullyQualifiedErrorId | Should -BeLike 'AdxDatabaseNotFound,*'
    }

    It 'writes a data table with -As DataTable, and lines with -As Json' {
        $table = Invoke-AdxCommand '.show tables' -As DataTable
        $table.GetType() | Should -Be ([System.Data.DataTable])
        $table.Rows.TableName | Should -Contain 'Kept'
        (Invoke-AdxCommand '.show tables' -As Json | ConvertFrom-Json).TableName | Should -Contain 'Kept'
    }

    It 'says of a query that it is one, when the service refuses it' {
        $failure = Get-Failure { Invoke-AdxCommand 'Kept | count' }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxCommandFailed,*'
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*Invoke-AdxQuery*'
    }

    It 'shows behind a comment, with -WhatIf too' {
        (Invoke-AdxCommand "// all of them`n.show tables" -WhatIf).TableName | Should -Contain 'Kept'
    }

    It 'is not sent a second time when the connection broke: the first may have been carried out' {
        Add-LocalFault Management -Abort -AfterAction
        $script:failure = $null
        $requests = Get-LocalRequest { $script:failure = Get-Failure { Invoke-AdxCommand '.create table Broken (a:long)' } }
        @($requests) | Should -HaveCount 1
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxConnectionFailed,*'
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*look before it is sent a second time*'
    }

    It 'is sent again when the service was too busy to begin' {
        Add-LocalFault Management -StatusCode 429 -RetryAfter '00:00:01'
        (Invoke-AdxCommand '.show tables').TableName | Should -Contain 'Kept'
    }
}
