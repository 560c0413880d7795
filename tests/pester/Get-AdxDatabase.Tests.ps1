# Databases of the cluster, and how they and what is in them pipe into each other.

BeforeDiscovery {
    . $PSScriptRoot/ModuleUnderTest.ps1
    $parameters = @(
        @{ Parameter = 'Name'; Form = 'String[], position 0, from pipeline' }
        @{ Parameter = 'Detailed'; Form = 'SwitchParameter' }
        @{ Parameter = 'Connection'; Form = 'AdxConnection' }
    )
    Import-Module $ModuleManifest
    $cmdlets = (Import-PowerShellDataFile $ModuleManifest).CmdletsToExport
    $withTable = $cmdlets | Where-Object { (Get-Command $_).Parameters.ContainsKey('Table') }
    $withRows = 'Send-AdxData', 'New-AdxTable'
}

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    . $PSScriptRoot/ParameterForm.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $null = Connect-Adx -Local
    $null = Invoke-AdxCommand '.create database Archive volatile'
    $null = New-AdxTable Here 'a:long'
    # A table that is called as its database is: the one must never be taken for the other.
    $null = New-AdxTable Archive 'a:long'
    $null = New-AdxTable There 'b:long' -Database Archive
}

AfterAll {
    Stop-AdxLocal
}

Describe 'The parameters of Get-AdxDatabase' {
    It '<Parameter> is: <Form>' -ForEach $parameters {
        Get-ParameterForm Get-AdxDatabase $Parameter '*' | Should -BeExactly $Form
    }

    It 'the name may be given as -Database, as elsewhere' {
        (Get-AdxDatabase -Database Archive).Name | Should -BeExactly 'Archive'
    }
}

Describe 'Get-AdxDatabase' {
    It 'writes every database, in order, as objects' {
        $databases = Get-AdxDatabase
        $databases | Should -BeOfType 'AdxFlow.AdxDatabase'
        $databases.Name | Should -BeExactly 'Archive', 'NetDefaultDB'
        ($databases | Where-Object IsCurrent).Name | Should -BeExactly 'NetDefaultDB'
        $databases[0].DatabaseId | Should -BeOfType 'guid'
    }

    It 'finds by name and by pattern, whatever the case' {
        (Get-AdxDatabase archive).Name | Should -BeExactly 'Archive'
        (Get-AdxDatabase 'net*').Name | Should -BeExactly 'NetDefaultDB'
        ('archive', 'n*' | Get-AdxDatabase).Name | Should -BeExactly 'Archive', 'NetDefaultDB'
    }

    It 'finds nothing for a pattern without error' {
        Get-AdxDatabase 'Nothing*' -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'says of a name that it is missing, and goes on with the next' {
        $found = Get-AdxDatabase Missing, Archive -ErrorVariable failures -ErrorAction SilentlyContinue
        $found.Name | Should -BeExactly 'Archive'
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AdxDatabaseNotFound,*'
        $failures[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failures[0].TargetObject | Should -BeExactly 'Missing'
    }

    It 'tells sizes and tables with -Detailed only' {
        (Get-AdxDatabase Archive).TableCount | Should -BeNullOrEmpty
        (Get-AdxDatabase Archive -Detailed).TableCount | Should -Be 1
        (Get-AdxDatabase Archive -Detailed).TotalSize | Should -Be 0
    }

    It 'asks the cluster once, however many names there are' {
        @(Get-LocalRequest { 'A*', 'N*', 'Archive' | Get-AdxDatabase }) | Should -HaveCount 1
    }

    It 'needs a connection' {
        $failure = & pwsh -NoProfile -NonInteractive -Command "Import-Module '$ModuleManifest'; try { Get-AdxDatabase -ErrorAction Stop } catch { `$_.FullyQualifiedErrorId }"
        $failure | Should -BeLike 'AdxNotConnected,*'
    }

    It 'shows one line for each database, in 120 columns' {
        $lines = @((Get-AdxDatabase -Detailed | Out-String -Width 120) -split '\r?\n' | Where-Object { $_.Trim() })
        $lines | Should -HaveCount 4
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 120
    }
}

Describe 'A database in a pipeline' {
    It 'gives the tables that are in it' {
        Get-AdxDatabase | Get-AdxTable | ForEach-Object { "$($_.Database)/$($_.Name)" } | Should -BeExactly 'Archive/There', 'NetDefaultDB/Archive', 'NetDefaultDB/Here'
    }

    It 'gives those of a name, and says where there is none' {
        $tables = Get-AdxDatabase | Get-AdxTable There -ErrorAction SilentlyContinue -ErrorVariable failures
        $tables.Database | Should -BeExactly 'Archive'
        $failures | Should -HaveCount 1
        $failures[0].Exception.Message | Should -BeLike "*'NetDefaultDB'*"
    }

    It 'is no table of the same name to <_>' -ForEach $withTable {
        (Get-Command $_).Parameters['Table'].Aliases | Should -Not -Contain 'Name' -Because 'a database has a Name too; tables say theirs as Table'
    }

    It 'is dropped by nobody who meant tables' {
        Get-LocalRequest { Get-AdxDatabase Archive | Remove-AdxTable -Confirm:$false -ErrorAction SilentlyContinue } | Should -HaveCount 1 -Because 'only the databases are asked for'
        Get-LocalRequest { Get-AdxDatabase Archive | Clear-AdxTable -Confirm:$false -ErrorAction SilentlyContinue } | Should -HaveCount 1
        (Get-AdxTable).Name | Should -Contain 'Archive'
    }

    It 'gives the mappings that are in it' {
        $null = New-AdxMapping There Mapped Csv 'b' -Database Archive
        $mappings = Get-AdxDatabase | Get-AdxMapping
        $mappings.Name | Should -BeExactly 'Mapped'
        $mappings.Database | Should -BeExactly 'Archive'
        $mappings.Table | Should -BeExactly 'There'
    }

    It 'gives its own roles, not those of a table' {
        $roles = Get-AdxDatabase Archive | Get-AdxRole
        $roles.Database | Select-Object -Unique | Should -BeIn 'Archive', $null
        $roles.Scope | Should -Not -Contain 'Table'
    }
}

Describe 'A table in a pipeline' {
    It 'is looked for in its own database' {
        $table = Get-AdxTable There -Database Archive
        ($table | Get-AdxTable -Detailed).RowCount | Should -Be 0
        ($table | Get-AdxTablePolicy -Policy Caching).Database | Should -BeExactly 'Archive'
        { $table | Get-AdxRole -ErrorAction Stop } | Should -Not -Throw
    }

    It 'is looked for elsewhere where that is said' {
        (Get-Failure { Get-AdxTable There -Database Archive | Get-AdxTable -Database NetDefaultDB -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'AdxTableNotFound,*'
    }
}

Describe 'A row in a pipeline' {
    It 'says nothing of the database to <_>' -ForEach $withRows {
        (Get-Command $_).Parameters['Database'].ParameterSets.Values.ValueFromPipelineByPropertyName | Should -Not -Contain $true
    }
}

Describe 'The completion of database names' {
    It 'offers those seen on the cluster, and sends nothing' {
        $null = Get-AdxDatabase
        $script:offered = @{}
        Get-LocalRequest {
            $script:offered.Name = (TabExpansion2 'Get-AdxDatabase a').CompletionMatches.CompletionText
            $script:offered.Database = (TabExpansion2 'Invoke-AdxQuery x -Database ').CompletionMatches.CompletionText
        } | Should -BeNullOrEmpty
        $offered.Name | Should -BeExactly 'Archive'
        $offered.Database | Should -BeExactly 'Archive', 'NetDefaultDB'
    }
}
